"""Blocks that are looked at."""

from django.db import models

from articles.models.blocks.base import Block
from kneecare.core.images import PictureField
from kneecare.core.pictures.models import FocalPoint


class ImageBlock(FocalPoint, Block):
    types = ["image"]
    kept = ["width", "height", "focus_x", "focus_y", "alt", "caption"]

    image = PictureField(
        "picture", width_field="width", height_field="height", crops=["social"]
    )
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
        constraints = FocalPoint.Meta.constraints

    def __str__(self):
        return self.alt

    def frozen(self):
        return {
            "type": "image",
            "name": self.image.name,
            "width": self.width,
            "height": self.height,
            "focus_x": self.focus_x,
            "focus_y": self.focus_y,
            "alt": self.alt,
            "caption": self.caption,
        }

    @classmethod
    def thawed(cls, frozen):
        return {**super().thawed(frozen), "image": frozen["name"]}


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
