"""Blocks that are looked at."""

from django.db import models

from articles.models.blocks.text import Block
from kneecare.media import names
from kneecare.media.blocks import WORDS, PagePicture, PageVideo, video_constraints

PICTURE = ["image", ("focus_x", "focus_y"), "alt", "caption", "region", "ordering"]


class ImageBlock(PagePicture, Block):
    types = ["image"]
    kept = ["width", "height", "focus_x", "focus_y", "alt", "caption"]
    editor = {"icon": "image", "fields": PICTURE}

    class Meta(Block.Meta):
        verbose_name = "picture"
        verbose_name_plural = "pictures"
        constraints = PagePicture.Meta.constraints

    @classmethod
    def ready(cls, snapshot, context):
        shown = names.picture_urls(snapshot, is_preview=context.is_preview)
        return {**snapshot, "picture": shown}


class DrawingBlock(Block):
    """One of the clinic's own drawings: articles/drawings/ holds a template for each."""

    class Drawing(models.TextChoices):
        ALIGNMENT = "alignment", "A leg that lines up, and one that turns in"

    types = ["drawing"]
    kept = ["drawing"]
    editor = {"icon": "draw"}

    drawing = models.CharField(max_length=20, choices=Drawing)

    class Meta(Block.Meta):
        verbose_name = "drawing"
        verbose_name_plural = "drawings"

    def __str__(self):
        return self.get_drawing_display()


class VideoBlock(PageVideo, Block):
    """Our own file, or a video that stays elsewhere until a visitor goes there."""

    types = ["video"]
    kept = WORDS
    editor = {"icon": "movie"}

    class Meta(Block.Meta):
        verbose_name = "video"
        verbose_name_plural = "videos"
        constraints = video_constraints("a_video")

    @classmethod
    def ready(cls, snapshot, context):
        return {**snapshot, "files": names.video_urls(snapshot)}
