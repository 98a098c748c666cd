from dataclasses import replace

from django.db import models
from django.db.models import OuterRef, Subquery
from django.urls import reverse

from exercises.dose import DoseSnapshot
from exercises.models.dose import StatedDose
from exercises.models.dose_constraints import (
    NOTHING,
    source_is_no_signature,
    states_something,
)
from exercises.models.exercise import Exercise
from exercises.models.plan import Plan
from exercises.snapshots import ItemSnapshot, RoutineSnapshot
from kneecare.core.text.richtext import RichTextField
from kneecare.publishing.models import (
    VersionedPage,
    VersionedPageQuerySet,
    to_version,
)


class RoutineQuerySet(VersionedPageQuerySet):
    def with_sheet(self, number):
        """Attach what version ``number`` said, as ``sheet_data``; ``None`` where there is no such version."""
        versions = self.model.version_model().objects.filter(
            page=OuterRef("pk"), number=number
        )
        return self.annotate(sheet_data=Subquery(versions.values("data")))


class Routine(VersionedPage, Plan):
    """The draft. Patients read its ``live_version``, which publishing alone changes."""

    intro = RichTextField("introduction", blank=True)
    exercises: models.ManyToManyField = models.ManyToManyField(
        Exercise, through="RoutineItem", related_name="routines"
    )
    live_version = to_version("RoutineVersion")
    scheduled_version = to_version("RoutineVersion")

    objects = RoutineQuerySet.as_manager()

    class Meta(VersionedPage.Meta):
        constraints = [
            *VersionedPage.Meta.constraints,
            *Plan.Meta.constraints,
            source_is_no_signature("pain_source"),
        ]

    def get_absolute_url(self):
        return reverse("routines:detail", args=[self.slug])

    @property
    def shown(self):
        """What patients read, before ``exercises.rendering.content`` has looked at its exercises: for ``published()``."""
        return RoutineSnapshot.from_data(self.live_version.data, slug=self.slug)

    def snapshot(self):
        """The draft as patients would read it, with the exercises as they are published now."""
        items = self.items.select_related("exercise__live_version", "set_by")
        return RoutineSnapshot(
            title=self.title,
            summary=self.summary,
            intro=self.intro,
            **self.plan(),
            items=[item.snapshot() for item in items if item.exercise.is_published],
            slug=self.slug,
        )


class RoutineItem(StatedDose):
    """An exercise in its place, with the dose that it has here; with all of that empty, the exercise's own dose holds."""

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
        constraints = [
            *StatedDose.Meta.constraints,
            source_is_no_signature("source"),
            *states_something(
                unless=NOTHING,
                otherwise="; or leave all of it empty for the exercise's own dose.",
            ),
        ]

    def __str__(self):
        return self.exercise.title

    @property
    def signed_for(self):
        return self.routine

    def snapshot(self):
        """The exercise as it is published, with the dose of this place, or else its own."""
        exercise = self.exercise.shown
        dose = DoseSnapshot.of(self) if self.says_anything else exercise.dose
        return ItemSnapshot(exercise, replace(dose, limb=exercise.dose.limb))
