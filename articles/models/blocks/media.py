"""Blocks that are looked at."""

from django.db import models

from articles.models.blocks.base import Block
from kneecare.media.blocks import PagePicture


class ImageBlock(PagePicture, Block):
    types = ["image"]
    kept = ["width", "height", "focus_x", "focus_y", "alt", "caption"]

    class Meta(Block.Meta):
        verbose_name = "picture"
        verbose_name_plural = "pictures"
        constraints = PagePicture.Meta.constraints

    @classmethod
    def from_snapshot(cls, snapshot):
        return {**super().from_snapshot(snapshot), "image": snapshot["name"]}


class DrawingBlock(Block):
    """One of the clinic's own drawings: articles/drawings/ holds a template for each."""

    class Drawing(models.TextChoices):
        ALIGNMENT = "alignment", "A leg that lines up, and one that turns in"

    types = ["drawing"]
    kept = ["drawing"]

    drawing = models.CharField(max_length=20, choices=Drawing)

    class Meta(Block.Meta):
        verbose_name = "drawing"
        verbose_name_plural = "drawings"

    def __str__(self):
        return self.get_drawing_display()
