"""What an article is about, its working copy, and what was published of it."""

from content_editor.models import Region
from django.conf import settings
from django.db import models, transaction
from django.db.models import Count, OuterRef, Prefetch, Q, Subquery, Window
from django.db.models.functions import RowNumber
from django.urls import reverse

from exercises.models import Exercise, Routine
from kneecare.clinic.models import Reviewed, ReviewedQuerySet
from kneecare.core.json_rows import JSONRows
from kneecare.core.models import Publishable
from kneecare.search import index

IN_FINDER = 2  # articles of one topic
RELATED = 3  # articles under an article, where there are so many; staff may choose more


class TopicQuerySet(models.QuerySet):
    def in_use(self):
        """Topics with at least one published article."""
        return self.filter(
            articles__in=Article.objects.published().values("pk")
        ).distinct()

    def for_finder(self):
        """Topics with something to show, each with the articles that are most about it, and its routine, as a visitor may see them."""
        articles = Article.objects.published().narrowest_first()[:IN_FINDER]
        routine = Routine.objects.published()
        return self.in_use().prefetch_related(
            Prefetch("articles", articles, to_attr="shown_articles"),
            Prefetch("routine", routine, to_attr="shown_routine"),
        )


class Topic(models.Model):
    """What an article is about, and where on the knee it hurts."""

    class Place(models.TextChoices):
        FRONT = "front", "Front of the knee"
        BELOW = "below", "Below the kneecap"
        OUTSIDE = "outside", "Outside of the knee"
        INSIDE = "inside", "Inside of the knee"
        BACK = "back", "Back of the knee"

    title = models.CharField(max_length=80)
    slug = models.SlugField("address", max_length=80, unique=True)
    summary = models.CharField(
        max_length=200, blank=True, help_text="One or two plain sentences."
    )
    place = models.CharField(
        "where it hurts",
        max_length=10,
        choices=Place,
        blank=True,
        help_text="For the knee finder.",
    )
    fits = models.TextField(
        "what fits",
        blank=True,
        help_text="For the knee finder: what a person with this may say of the knee, one per line. "
        "Plain words, such as It hurts just below my kneecap.",
    )
    routine = models.ForeignKey(
        Routine,
        verbose_name="routine to start with",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="For the knee finder. A draft is not shown.",
    )

    objects = TopicQuerySet.as_manager()

    shown_articles: list["Article"]
    shown_routine: Routine | None

    class Meta:
        ordering = ["title"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("topic", args=[self.slug])


class ArticleQuerySet(ReviewedQuerySet):
    def published(self):
        """Published articles with the publication that patients read, as ``live``."""
        return super().published().select_related("live__author", "live__reviewer")

    def with_topics(self):
        """Attach the topics of each article as ``topic_rows``."""
        topics = Topic.objects.filter(articles=OuterRef("pk"))
        return self.annotate(
            topic_rows=JSONRows(topics, slug="slug", title="title", place="place")
        )

    def with_related(self):
        """Attach topics, the published articles that staff chose to go with each article, and the most alike.

        Alike is who shares topics: the most first, then the newest; their ``rank`` says so.
        """
        others = Article.objects.published().exclude(pk=OuterRef("pk"))
        chosen = others.filter(suggested_by=OuterRef("pk"))
        alike = others.exclude(suggested_by=OuterRef("pk"))
        alike = alike.filter(topics__articles=OuterRef("pk")).annotate(
            shared=Count("topics"),
            rank=Window(RowNumber(), order_by=["-shared", "-published_at", "-pk"]),
        )
        words = {"slug": "slug", "title": "live__title", "summary": "live__summary"}
        return self.with_topics().annotate(
            chosen_rows=JSONRows(chosen, **words),
            alike_rows=JSONRows(alike.filter(rank__lte=RELATED), **words, rank="rank"),
        )

    def narrowest_first(self):
        """Those about one topic before those about many, then the newest."""
        topics = Topic.objects.filter(articles=OuterRef("pk")).order_by()
        number = topics.values("articles").annotate(number=Count("pk")).values("number")
        return self.order_by(Subquery(number), "-published_at", "-pk")

    def newest_first(self):
        return self.order_by("-published_at", "-pk")


class Article(Publishable, Reviewed):
    """The working copy. Patients read its ``live`` publication, which only publishing changes."""

    topics = models.ManyToManyField(Topic, blank=True, related_name="articles")
    related = models.ManyToManyField(
        "self",
        symmetrical=False,
        blank=True,
        related_name="suggested_by",
        verbose_name="you might also like",
        help_text="Shown under the article.",
    )
    live = models.ForeignKey(
        "ArticlePublication",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )

    regions = [Region(key="main", title="Article")]
    objects = ArticleQuerySet.as_manager()

    topic_rows: list[dict]
    chosen_rows: list[dict]
    alike_rows: list[dict]

    class Meta:
        ordering = ["title"]
        constraints = [
            *Publishable.Meta.constraints,
            *Reviewed.Meta.constraints,
            models.CheckConstraint(
                name="a_published_article_has_a_publication",
                condition=Q(published_at=None) | Q(live__isnull=False),
            ),
        ]

    def get_absolute_url(self):
        return reverse("articles:detail", args=[self.slug])

    @property
    def place(self):
        """The one place on the knee that it is about, or "" for more than one or none: read by ``with_topics()``."""
        places = {topic["place"] for topic in self.topic_rows} - {""}
        return places.pop() if len(places) == 1 else ""

    @property
    def related_rows(self):
        """What to read next: whatever staff chose, filled up with the most alike: read by ``with_related()``."""
        chosen = sorted(self.chosen_rows, key=lambda row: row["title"])
        alike = sorted(self.alike_rows, key=lambda row: row["rank"])
        return chosen + alike[: max(0, RELATED - len(chosen))]

    def unpublish(self):
        """Take the page down; its publications stay."""
        with transaction.atomic():
            self.published_at = None
            self.save(update_fields=["published_at"])
            index.refresh(self)


class ArticlePublicationQuerySet(models.QuerySet):
    def published(self):
        """The publications that patients read now."""
        return self.filter(pk__in=Article.objects.published().values("live"))


class ArticlePublication(Reviewed):
    """An article as it was published: numbered, and never changed afterwards."""

    article = models.ForeignKey(
        Article, on_delete=models.CASCADE, related_name="publications"
    )
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=120)
    summary = models.CharField(max_length=200)
    blocks = models.JSONField(
        help_text="A list of blocks, each with its type and its values."
    )
    exercises = models.ManyToManyField(Exercise, related_name="article_publications")
    routines = models.ManyToManyField(Routine, related_name="article_publications")
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = ArticlePublicationQuerySet.as_manager()

    class Meta:
        ordering = ["article", "-number"]
        constraints = [
            *Reviewed.Meta.constraints,
            models.UniqueConstraint(
                fields=["article", "number"], name="publications_are_numbered_once"
            ),
        ]

    def __str__(self):
        return f"{self.title}, version {self.number}"

    def get_absolute_url(self):
        return self.article.get_absolute_url()
