"""Pictures and videos of an exercise, in the order in which its page shows them."""

from typing import Any

from content_editor.models import create_plugin_base

from exercises.models.exercise import Exercise
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
