"""What was published of an exercise or a routine: numbered, and never changed afterwards."""

from django.conf import settings
from django.db import models

from exercises.models.tag import Tag
from exercises.snapshots import ExerciseSnapshot, RoutineSnapshot
from kneecare.media.models import Picture
from kneecare.publishing.models import Reviewed
from kneecare.publishing.versions import label as version_label


class Version(Reviewed):
    """Without a ``number`` it was never for patients: a save of the working copy, kept.

    ``data`` is what patients read, ``source`` the working copy that it was made of.
    """

    number = models.PositiveIntegerField(null=True)
    revision = models.PositiveIntegerField(
        default=0, help_text="Which save of the working copy it was made of."
    )
    title = models.CharField(max_length=120)
    summary = models.CharField(max_length=200)
    data = models.JSONField()
    source = models.JSONField(default=dict)
    note = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        abstract = True
        ordering = ["-made_at", "-pk"]

    def __str__(self):
        return f"{self.title}, {self.label}"

    @property
    def label(self):
        return version_label(self.number, self.made_at)


class ExerciseVersion(Version):
    exercise = models.ForeignKey(
        "Exercise", on_delete=models.CASCADE, related_name="versions"
    )
    tags = models.ManyToManyField(Tag, related_name="versions")
    pictures = models.ManyToManyField(Picture, related_name="exercise_versions")
    progression = models.ForeignKey(
        "Progression", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    level = models.PositiveSmallIntegerField(null=True)

    class Meta(Version.Meta):
        constraints = [
            *Reviewed.Meta.constraints,
            models.UniqueConstraint(
                fields=["exercise", "number"],
                name="exercise_versions_are_numbered_once",
            ),
        ]

    @property
    def page(self):
        return self.exercise

    def snapshot(self):
        """What patients read, as a ``ExerciseSnapshot``."""
        return ExerciseSnapshot.from_data(self.data, slug=self.exercise.slug)


class RoutineVersion(Version):
    routine = models.ForeignKey(
        "Routine", on_delete=models.CASCADE, related_name="versions"
    )
    exercises: models.ManyToManyField = models.ManyToManyField(
        "Exercise", related_name="routine_versions"
    )

    class Meta(Version.Meta):
        constraints = [
            *Reviewed.Meta.constraints,
            models.UniqueConstraint(
                fields=["routine", "number"],
                name="routine_versions_are_numbered_once",
            ),
        ]

    @property
    def page(self):
        return self.routine

    def snapshot(self):
        """What patients read, as a ``RoutineSnapshot``."""
        return RoutineSnapshot.from_data(self.data, slug=self.routine.slug)
