"""Pictures and videos of an exercise, in the order in which its page shows them."""

from typing import Any

from content_editor.models import create_plugin_base
from django.db import models

from exercises.models.exercise import Exercise
from exercises.models.version import ExerciseVersion
from kneecare.media.blocks import PagePicture, PageVideo, video_constraints

Part: Any = create_plugin_base(Exercise)


class ExercisePicture(PagePicture, Part):
    class Meta(Part.Meta):
        verbose_name = "picture"
        verbose_name_plural = "pictures"
        constraints = PagePicture.Meta.constraints


class ExerciseVideo(PageVideo, Part):
    class Meta(Part.Meta):
        verbose_name = "video"
        verbose_name_plural = "videos"
        constraints = video_constraints("a_video_of_an_exercise")


class ExerciseFileQuerySet(models.QuerySet):
    def published(self):
        """What visitors may load now."""
        live = Exercise.objects.published().order_by().values("live_version")
        return self.filter(version__in=live)


class ExerciseFile(models.Model):
    """A video that a version shows, with what belongs to it: kept so that its address ends with the page."""

    version = models.ForeignKey(
        ExerciseVersion, on_delete=models.CASCADE, related_name="files"
    )
    name = models.CharField(max_length=100, db_index=True)

    objects = ExerciseFileQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "name"],
                name="an_exercise_version_names_a_file_once",
            ),
        ]

    def __str__(self):
        return self.name
