"""A picture that staff uploaded, and what is drawn of it for readers."""

from datetime import timedelta

from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from kneecare.core.jobs.queue import QueuedWork, QueueQuerySet
from kneecare.media import names
from kneecare.media.registry import PICTURES_SHOWN

CENTRE = 50  # percent


class FocusField(models.PositiveSmallIntegerField):
    """Percent of the way across a picture."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("default", CENTRE)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs):
        return super().formfield(**{"max_value": 100, **kwargs})


class FocalPoint(models.Model):
    """The part of a picture that stays in sight wherever it is cut."""

    focus_x = FocusField(
        "focal point: from the left",
        help_text="Percent. What stands here stays in sight where the picture is cut.",
    )
    focus_y = FocusField("focal point: from the top", help_text="Percent.")

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_focal_point_is_on_the_picture",
                condition=Q(focus_x__lte=100, focus_y__lte=100),
                violation_error_message="A focal point is at 0 to 100 percent.",
            ),
        ]


class PictureQuerySet(models.QuerySet):
    def published(self):
        """What a visitor may see: pictures that a published page shows."""
        return self.filter(_is_published())

    def with_state_of(self, rendition):
        """Attach ``is_published``, and ``is_drawn`` for the rendition of that name."""
        drawn = Rendition.objects.drawn().filter(picture=OuterRef("pk"), name=rendition)
        return self.annotate(is_published=_is_published(), is_drawn=Exists(drawn))


def _is_published():
    if not PICTURES_SHOWN:
        raise ImproperlyConfigured("No app says which pictures it shows.")
    shown = Q()
    for rows in PICTURES_SHOWN:
        shown |= Q(Exists(rows(OuterRef("name"))))
    return shown


class Picture(models.Model):
    """An upload as it was encoded anew. This master is never served; its renditions are."""

    name = models.CharField(max_length=100, unique=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    uploaded_at = models.DateTimeField("uploaded", default=timezone.now)

    objects = PictureQuerySet.as_manager()
    is_published: bool
    is_drawn: bool

    class Meta:
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self):
        return self.name


class RenditionQuerySet(QueueQuerySet):
    def pending(self):
        return self.filter(state=Rendition.State.WAITING)

    def drawn(self):
        return self.filter(state=Rendition.State.DRAWN)


class Rendition(QueuedWork):
    """A picture in one width, shape and format, which the worker draws."""

    LEASE = timedelta(minutes=5)
    FIRST_WAIT = timedelta(seconds=30)

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        DRAWN = "drawn", "Drawn"
        FAILED = "failed", "Failed: could not be drawn"

    picture = models.ForeignKey(
        Picture, on_delete=models.CASCADE, related_name="renditions"
    )
    name = models.CharField(max_length=120, unique=True)
    shape = models.CharField(max_length=10, blank=True)
    focus_x = FocusField()
    focus_y = FocusField()
    width = models.PositiveIntegerField()
    format = models.CharField(max_length=4)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)

    objects = RenditionQuerySet.as_manager()

    class Meta:
        ordering = ["picture", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_rendition_is_drawn_once",
                fields=["picture", "shape", "focus_x", "focus_y", "width", "format"],
            ),
            models.CheckConstraint(
                name="a_failed_rendition_says_why",
                condition=~Q(state="failed") | ~Q(last_error=""),
            ),
        ]
        indexes = [
            models.Index(
                name="renditions_by_state", fields=["state", "next_attempt_at"]
            )
        ]

    def __str__(self):
        return self.name

    @property
    def ratio(self):
        """Width to height of its shape; ``None`` for a whole picture."""
        if not self.shape:
            return None
        width, height, _ = names.SHAPES[self.shape]
        return width / height
