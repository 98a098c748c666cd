"""What an article is about, its working copy, and what was published of it."""

from content_editor.models import Region
from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q
from django.urls import reverse

from exercises.models import Exercise, Routine
from kneecare.clinic.models import Reviewed, ReviewedQuerySet
from kneecare.core.json_rows import JSONRows
from kneecare.core.models import Picture, Publishable


class TopicQuerySet(models.QuerySet):
    def in_use(self):
        """Topics with at least one published article."""
        return self.filter(
            articles__in=Article.objects.published().values("pk")
        ).distinct()


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

    objects = TopicQuerySet.as_manager()

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
        """Attach the topics of each article, and the published articles that staff chose to go with it."""
        chosen = Article.objects.published().filter(suggested_by=OuterRef("pk"))
        chosen = chosen.exclude(pk=OuterRef("pk"))
        return self.with_topics().annotate(
            related_rows=JSONRows(
                chosen, slug="slug", title="live__title", summary="live__summary"
            ),
        )

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

    def unpublish(self):
        """Take the page down; its publications stay."""
        self.published_at = None
        self.save(update_fields=["published_at"])


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
    pictures = models.ManyToManyField(Picture, related_name="article_publications")
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
