from typing import Any

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from exercises import pain
from exercises.dose import freeze
from exercises.frozen import FrozenItem, FrozenRoutine
from exercises.models.exercise import Exercise
from kneecare.clinic.models import Reviewed, ReviewedQuerySet
from kneecare.core.models import Publishable
from kneecare.core.richtext import RichTextField


class RoutineQuerySet(ReviewedQuerySet):
    in_force = "live__"

    def published(self):
        """Published routines with the publication that patients read, as ``live``."""
        return super().published().select_related("live__author", "live__reviewer")


class Routine(Publishable, Reviewed):
    """The working copy. Patients read its ``live`` publication, which only publishing changes."""

    intro = RichTextField("introduction", blank=True)
    days_per_week = models.PositiveSmallIntegerField(
        "days a week",
        null=True,
        blank=True,
        help_text="Empty when it is not stated.",
    )
    weeks = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        validators=[MaxValueValidator(52)],
        help_text="For how many weeks. Empty when it is not stated.",
    )
    rest_between = models.PositiveSmallIntegerField(
        "rest between exercises (seconds)",
        null=True,
        blank=True,
        validators=[MaxValueValidator(3600)],
        help_text="Empty when it is not stated: patients then rest as long as they need.",
    )
    green_to = models.PositiveSmallIntegerField(
        "green up to",
        null=True,
        blank=True,
        default=pain.GREEN_TO,
        help_text="The last number on a scale of 0 to 10 at which pain is fine.",
    )
    amber_to = models.PositiveSmallIntegerField(
        "amber up to",
        null=True,
        blank=True,
        default=pain.AMBER_TO,
        help_text="The last number at which a patient may go on with care. Above it, patients stop.",
    )
    exercises: models.ManyToManyField = models.ManyToManyField(
        Exercise, through="RoutineItem", related_name="routines"
    )
    live = models.ForeignKey(
        "RoutinePublication",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = RoutineQuerySet.as_manager()

    class Meta:
        ordering = ["title"]
        constraints = [
            *Publishable.Meta.constraints,
            *Reviewed.Meta.constraints,
            models.CheckConstraint(
                name="routine_days_fit_in_a_week",
                condition=Q(days_per_week=None) | Q(days_per_week__range=(1, 7)),
                violation_error_message="Days a week run from 1 to 7.",
            ),
            models.CheckConstraint(
                name="routine_weeks_start_at_one",
                condition=Q(weeks=None) | Q(weeks__gte=1),
                violation_error_message="Weeks start at 1. Leave the field empty for not stated.",
            ),
            models.CheckConstraint(
                name="routine_pain_guide_runs_from_green_to_red",
                condition=Q(green_to=None, amber_to=None)
                | Q(
                    green_to__isnull=False,
                    amber_to__isnull=False,
                    amber_to__gt=F("green_to"),
                    amber_to__lte=9,
                ),
                violation_error_message="Give both limits of the pain guide or neither. "
                "Amber ends above green and at 9 or lower.",
            ),
            models.CheckConstraint(
                name="a_published_routine_has_a_publication",
                condition=Q(published_at=None) | Q(live__isnull=False),
            ),
        ]

    def get_absolute_url(self):
        return reverse("routines:detail", args=[self.slug])

    @property
    def in_force(self):
        """What patients read: the review that counts is the one that they see."""
        return self.live

    @property
    def shown(self):
        """What patients read, before ``exercises.reading`` has looked at its exercises: for ``published()``."""
        live: Any = self.live
        return FrozenRoutine.read(live.data, slug=self.slug)

    def frozen(self):
        """The working copy as patients would read it, with the exercises as they are published now."""
        items = self.items.select_related(
            "exercise__live", "exercise__stated_dose__set_by", "own_dose__set_by"
        )
        return FrozenRoutine(
            title=self.title,
            summary=self.summary,
            intro=self.intro,
            weeks=self.weeks,
            days_per_week=self.days_per_week,
            rest_between=self.rest_between,
            green_to=self.green_to,
            amber_to=self.amber_to,
            items=[item.frozen() for item in items if item.exercise.is_published],
            slug=self.slug,
        )


class RoutineItem(models.Model):
    routine = models.ForeignKey(Routine, on_delete=models.CASCADE, related_name="items")
    exercise = models.ForeignKey(
        Exercise, on_delete=models.PROTECT, related_name="routine_items"
    )
    position = models.PositiveSmallIntegerField(
        default=0, help_text="Lower numbers come first."
    )

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = "exercise in this routine"
        verbose_name_plural = "exercises in this routine"

    def __str__(self):
        return self.exercise.title

    def frozen(self):
        """The exercise as it is published, with the dose of this place, or else its own."""
        exercise = self.exercise.shown
        own = freeze(self.own_dose) if hasattr(self, "own_dose") else exercise.dose
        return FrozenItem(exercise, own)
