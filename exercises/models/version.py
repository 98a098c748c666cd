"""What was kept of an exercise or a routine: its versions, and what was done with them."""

from django.db import models

from exercises.models.dose import Dose
from exercises.models.figure import Figure, link_figures
from exercises.models.media import ExercisePicture, ExerciseVideo
from exercises.models.routine import RoutineItem
from exercises.models.tag import Tag
from exercises.snapshots import ExerciseSnapshot, RoutineSnapshot
from kneecare.media.models import Picture
from kneecare.publishing.models import (
    Event,
    Version,
    VersionFile,
    link_media,
    of_version,
    to_page,
)


class ExerciseVersion(Version):
    CHILDREN = {Dose: "exercise", ExercisePicture: "parent", ExerciseVideo: "parent"}

    page = to_page("Exercise", "versions")
    tags = models.ManyToManyField(Tag, related_name="versions")
    pictures = models.ManyToManyField(Picture, related_name="exercise_versions")
    figures = models.ManyToManyField(Figure, related_name="exercise_versions")
    progression = models.ForeignKey(
        "Progression", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    level = models.PositiveSmallIntegerField(null=True)

    def snapshot(self):
        """What patients read, as an ``ExerciseSnapshot``."""
        return ExerciseSnapshot.from_data(self.data, slug=self.page.slug)

    def sources(self):
        return list(filter(None, [self.snapshot().dose.origin()]))

    def take_snapshot(self):
        exercise = self.page
        self.data = exercise.snapshot().as_data()
        self.progression, self.level = exercise.progression, exercise.level

    def shown_besides(self):
        """Where it stands among easier and harder ones."""
        return {"progression": self.progression_id, "level": self.level}

    def link(self):
        self.tags.set(self.source["fields"]["tags"])
        link_media(self, self.data["media"])
        link_figures(self, [self.data])


class RoutineVersion(Version):
    CHILDREN = {RoutineItem: "routine"}

    page = to_page("Routine", "versions")
    exercises: models.ManyToManyField = models.ManyToManyField(
        "Exercise", related_name="routine_versions"
    )
    figures = models.ManyToManyField(Figure, related_name="routine_versions")

    def snapshot(self):
        """What patients read, as a ``RoutineSnapshot``."""
        return RoutineSnapshot.from_data(self.data, slug=self.page.slug)

    def sources(self):
        routine = self.snapshot()
        doses = [(item.exercise.title, item.dose.origin()) for item in routine.items]
        named = [f"{title}: {origin}" for title, origin in doses if origin]
        return [*filter(None, [routine.pain_origin()]), *named]

    def take_snapshot(self):
        self.data = self.page.snapshot().as_data()

    def link(self):
        exercises = [item["exercise"] for item in self.data["items"]]
        self.exercises.set({exercise["pk"] for exercise in exercises})
        link_figures(self, exercises)


class ExerciseEvent(Event):
    page = to_page("Exercise", "events")
    version = of_version("ExerciseVersion")


class RoutineEvent(Event):
    page = to_page("Routine", "events")
    version = of_version("RoutineVersion")


class ExerciseFile(VersionFile):
    version = models.ForeignKey(
        ExerciseVersion, on_delete=models.CASCADE, related_name="files"
    )
