from typing import Any

from content_editor.models import Region, create_plugin_base
from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q
from django.urls import reverse

from exercises.models import Exercise, Routine
from kneecare.clinic.models import Program, Reviewed, ReviewedQuerySet
from kneecare.core.images import PictureField
from kneecare.core.json_rows import JSONRows
from kneecare.core.models import Publishable
from kneecare.core.richtext import RichTextField


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


Block: Any = create_plugin_base(Article)


class TextBlock(Block):
    html = RichTextField("text")

    class Meta(Block.Meta):
        verbose_name = "text"
        verbose_name_plural = "texts"

    def __str__(self):
        return "Text"

    def frozen(self):
        return {"type": "text", "html": self.html}


class CalloutBlock(Block):
    class Tone(models.TextChoices):
        TIP = "tip", "Tip"
        WARNING = "warning", "Warning"
        URGENT = "urgent", "Urgent"

    tone = models.CharField(max_length=10, choices=Tone, default=Tone.TIP)
    title = models.CharField(max_length=120)
    html = RichTextField("text")

    class Meta(Block.Meta):
        verbose_name = "callout"
        verbose_name_plural = "callouts"

    def __str__(self):
        return self.title

    def frozen(self):
        return {
            "type": "callout",
            "tone": self.tone,
            "title": self.title,
            "html": self.html,
        }


class ImageBlock(Block):
    image = PictureField("picture", width_field="width", height_field="height")
    width = models.PositiveIntegerField(editable=False, default=0)
    height = models.PositiveIntegerField(editable=False, default=0)
    alt = models.CharField(
        "description",
        max_length=200,
        help_text="What the picture shows, for people who cannot see it.",
    )
    caption = models.CharField(max_length=200, blank=True)

    class Meta(Block.Meta):
        verbose_name = "picture"
        verbose_name_plural = "pictures"

    def __str__(self):
        return self.alt

    def frozen(self):
        return {
            "type": "image",
            "name": self.image.name,
            "width": self.width,
            "height": self.height,
            "alt": self.alt,
            "caption": self.caption,
        }


class DrawingBlock(Block):
    """One of the clinic's own drawings: articles/drawings/ holds a template for each."""

    class Drawing(models.TextChoices):
        ALIGNMENT = "alignment", "A leg that lines up, and one that turns in"

    drawing = models.CharField(max_length=20, choices=Drawing)

    class Meta(Block.Meta):
        verbose_name = "drawing"
        verbose_name_plural = "drawings"

    def __str__(self):
        return self.get_drawing_display()

    def frozen(self):
        return {"type": "drawing", "drawing": self.drawing}


class ExerciseBlock(Block):
    """An exercise or a routine, shown with the dose that is current when the page is read."""

    exercise = models.ForeignKey(
        Exercise, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    routine = models.ForeignKey(
        Routine, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta(Block.Meta):
        verbose_name = "exercise or routine"
        verbose_name_plural = "exercises and routines"
        constraints = [
            models.CheckConstraint(
                name="a_block_shows_an_exercise_or_a_routine",
                condition=Q(exercise__isnull=False, routine=None)
                | Q(exercise=None, routine__isnull=False),
                violation_error_message="Choose an exercise or a routine, one of the two.",
            ),
        ]

    def __str__(self):
        return str(self.exercise or self.routine)

    def frozen(self):
        if self.exercise_id:
            return {"type": "exercise", "id": self.exercise_id}
        return {"type": "routine", "id": self.routine_id}


class QuoteBlock(Block):
    html = RichTextField("quote or personal note")
    attribution = models.CharField(max_length=120, help_text="Who says so.")

    class Meta(Block.Meta):
        verbose_name = "quote or personal note"
        verbose_name_plural = "quotes and personal notes"

    def __str__(self):
        return self.attribution

    def frozen(self):
        return {"type": "quote", "html": self.html, "attribution": self.attribution}


class CallToActionBlock(Block):
    class Target(models.TextChoices):
        BOOK = "book", "Book a Discovery Call"
        CONTACT = "contact", "Say hi"
        PROGRAM = "program", "A program"

    title = models.CharField(max_length=80)
    text = models.CharField(max_length=300, blank=True)
    label = models.CharField("button", max_length=40)
    target = models.CharField(
        "leads to", max_length=10, choices=Target, default=Target.BOOK
    )
    program = models.ForeignKey(
        Program, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta(Block.Meta):
        verbose_name = "call to action"
        verbose_name_plural = "calls to action"
        constraints = [
            models.CheckConstraint(
                name="a_call_to_action_names_a_program_if_it_leads_to_one",
                condition=Q(target="program", program__isnull=False)
                | (~Q(target="program") & Q(program=None)),
                violation_error_message="Choose a program only, and always, when the button leads to one.",
            ),
        ]

    def __str__(self):
        return self.title

    def frozen(self):
        target = (
            self.program.get_absolute_url() if self.program else reverse(self.target)
        )
        return {
            "type": "call_to_action",
            "title": self.title,
            "text": self.text,
            "label": self.label,
            "url": target,
        }


BLOCKS = [
    TextBlock,
    CalloutBlock,
    ImageBlock,
    DrawingBlock,
    ExerciseBlock,
    QuoteBlock,
    CallToActionBlock,
]
