"""What an article is about, and its draft. What was kept of it is in ``version``."""

from content_editor.models import Region
from django.conf import settings
from django.db import models
from django.db.models import Count, OuterRef, Q, Window
from django.db.models.functions import RowNumber
from django.urls import reverse

from articles.anatomy import choices as drawings
from exercises.models import Exercise, Routine
from kneecare.core.database.json_rows import JSONRows
from kneecare.publishing.models import (
    VersionedPage,
    VersionedPageQuerySet,
    to_version,
)

RELATED = 3  # articles under an article, where there are so many; staff may choose more


class TopicQuerySet(models.QuerySet):
    def in_use(self):
        """Topics with at least one published article."""
        live = Article.objects.published().values("live_version")
        return self.filter(versions__in=live).distinct()


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
    drawing = models.CharField(
        "drawing of what is sore",
        max_length=20,
        choices=drawings,
        blank=True,
        help_text="At the top of its articles, and on their cards.",
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


class ArticleQuerySet(VersionedPageQuerySet):
    def about(self, topic):
        """Articles whose live version names ``topic``."""
        return self.filter(live_version__topics=topic)

    def with_topics(self, version=None):
        """Attach the topics of ``version``, the live one unless told otherwise, as ``topic_rows``."""
        topics = Topic.objects.filter(versions=version or OuterRef("live_version"))
        return self.annotate(
            topic_rows=JSONRows(
                topics, slug="slug", title="title", place="place", drawing="drawing"
            )
        )

    def with_page(self, version=None):
        """Attach what the page of ``version``, the live one unless told otherwise, shows as it is now.

        Topics, the articles that staff chose to go with it and those most alike, and the addresses of its exercises
        and routines: of all these only what a visitor may see. All of it comes in the one query of the article.
        """
        shown = version or OuterRef("live_version")
        others = Article.objects.published().exclude(pk=OuterRef("pk"))
        chosen = others.filter(suggested_in=shown)
        alike = others.exclude(suggested_in=shown)
        alike = alike.most_alike(Q(live_version__topics__versions=shown))
        words = {
            "slug": "slug",
            "title": "live_version__title",
            "summary": "live_version__summary",
        }
        return (
            self.with_topics(version)
            .with_embedded(version)
            .annotate(
                chosen_rows=JSONRows(chosen, **words),
                alike_rows=JSONRows(
                    alike.filter(rank__lte=RELATED), **words, rank="rank"
                ),
            )
        )

    def with_embedded(self, version=None):
        """Attach the addresses of the exercises and routines in the text of ``version``, the live one unless told otherwise."""
        shown = version or OuterRef("live_version")
        exercises = Exercise.objects.published().filter(dosed_in=shown)
        routines = Routine.objects.published().filter(article_versions=shown)
        return self.annotate(
            exercise_rows=JSONRows(exercises, id="pk", slug="slug"),
            routine_rows=JSONRows(routines, id="pk", slug="slug"),
        )

    def most_alike(self, shared):
        """Those that share the topics which ``shared`` names: the most first, then the newest; their ``rank`` says so."""
        return self.filter(shared).annotate(
            shared=Count("live_version__topics"),
            rank=Window(RowNumber(), order_by=["-shared", "-published_at", "-pk"]),
        )

    def newest_first(self):
        return self.order_by("-published_at", "-pk")


class Article(VersionedPage):
    """The draft. Patients read its ``live_version``, which publishing alone changes."""

    language = models.CharField(
        max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    topics = models.ManyToManyField(Topic, blank=True, related_name="articles")
    related = models.ManyToManyField(
        "self",
        symmetrical=False,
        blank=True,
        related_name="suggested_by",
        verbose_name="you might also like",
        help_text="Shown under the article.",
    )
    live_version = to_version("ArticleVersion")
    scheduled_version = to_version("ArticleVersion")
    preview_round = models.PositiveIntegerField(
        default=1,
        editable=False,
        help_text="Preview links of an earlier round have ended.",
    )

    regions = [Region(key="main", title="Article")]
    objects = ArticleQuerySet.as_manager()

    class Meta(VersionedPage.Meta):
        # In its order the first few are found without what is attached to each: SQLite works that out before it sorts.
        indexes = [
            models.Index(name="articles_newest_first", fields=["-published_at", "-id"]),
        ]

    topic_rows: list[dict]
    chosen_rows: list[dict]
    alike_rows: list[dict]
    exercise_rows: list[dict]
    routine_rows: list[dict]

    def get_absolute_url(self):
        return reverse("articles:detail", args=[self.slug])

    @property
    def place(self):
        """The one place on the knee that it is about, or "" for more than one or none: read by ``with_topics()``."""
        return self._only("place")

    @property
    def drawing(self):
        """The one drawing of what is sore that its topics name, or "" for more than one or none: read by ``with_topics()``."""
        return self._only("drawing")

    def _only(self, name):
        named = {topic[name] for topic in self.topic_rows} - {""}
        return named.pop() if len(named) == 1 else ""

    @property
    def related_rows(self):
        """What to read next: whatever staff chose, filled up with the most alike: read by ``with_page()``."""
        chosen = sorted(self.chosen_rows, key=lambda row: row["title"])
        alike = sorted(self.alike_rows, key=lambda row: row["rank"])
        return chosen + alike[: max(0, RELATED - len(chosen))]
