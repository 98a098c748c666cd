"""What the body of an article is made of. ``frozen()`` is what a publication keeps of a block."""

from typing import Any

from content_editor.models import create_plugin_base
from django.db import models
from django.db.models import Q
from django.urls import reverse

from articles.models.article import Article
from exercises.models import Exercise, Routine
from kneecare.clinic.models import Program
from kneecare.core.images import PictureField
from kneecare.core.pictures.models import FocalPoint
from kneecare.core.richtext import RichTextField

Block: Any = create_plugin_base(Article)


class TextBlock(Block):
    html = RichTextField("text")

    class Meta(Block.Meta):
        verbose_name = "text"
        verbose_name_plural = "texts"

    def __str__(self):
        return "Text"

    def frozen(self):
        return {"type": "text", "html": self.html}


class CalloutBlock(Block):
    class Tone(models.TextChoices):
        TIP = "tip", "Tip"
        WARNING = "warning", "Warning"
        URGENT = "urgent", "Urgent"

    tone = models.CharField(max_length=10, choices=Tone, default=Tone.TIP)
    title = models.CharField(max_length=120)
    html = RichTextField("text")

    class Meta(Block.Meta):
        verbose_name = "callout"
        verbose_name_plural = "callouts"

    def __str__(self):
        return self.title

    def frozen(self):
        return {
            "type": "callout",
            "tone": self.tone,
            "title": self.title,
            "html": self.html,
        }


class ImageBlock(FocalPoint, Block):
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


class DrawingBlock(Block):
    """One of the clinic's own drawings: articles/drawings/ holds a template for each."""

    class Drawing(models.TextChoices):
        ALIGNMENT = "alignment", "A leg that lines up, and one that turns in"

    drawing = models.CharField(max_length=20, choices=Drawing)

    class Meta(Block.Meta):
        verbose_name = "drawing"
        verbose_name_plural = "drawings"

    def __str__(self):
        return self.get_drawing_display()

    def frozen(self):
        return {"type": "drawing", "drawing": self.drawing}


class ExerciseBlock(Block):
    """An exercise or a routine, shown with the dose that is current when the page is read."""

    exercise = models.ForeignKey(
        Exercise, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    routine = models.ForeignKey(
        Routine, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta(Block.Meta):
        verbose_name = "exercise or routine"
        verbose_name_plural = "exercises and routines"
        constraints = [
            models.CheckConstraint(
                name="a_block_shows_an_exercise_or_a_routine",
                condition=Q(exercise__isnull=False, routine=None)
                | Q(exercise=None, routine__isnull=False),
                violation_error_message="Choose an exercise or a routine, one of the two.",
            ),
        ]

    def __str__(self):
        return str(self.exercise or self.routine)

    def frozen(self):
        if self.exercise_id:
            return {"type": "exercise", "id": self.exercise_id}
        return {"type": "routine", "id": self.routine_id}


class QuoteBlock(Block):
    html = RichTextField("quote or personal note")
    attribution = models.CharField(max_length=120, help_text="Who says so.")

    class Meta(Block.Meta):
        verbose_name = "quote or personal note"
        verbose_name_plural = "quotes and personal notes"

    def __str__(self):
        return self.attribution

    def frozen(self):
        return {"type": "quote", "html": self.html, "attribution": self.attribution}


class CallToActionBlock(Block):
    class Target(models.TextChoices):
        BOOK = "book", "Book a Discovery Call"
        CONTACT = "contact", "Say hi"
        PROGRAM = "program", "A program"

    title = models.CharField(max_length=80)
    text = models.CharField(max_length=300, blank=True)
    label = models.CharField("button", max_length=40)
    target = models.CharField(
        "leads to", max_length=10, choices=Target, default=Target.BOOK
    )
    program = models.ForeignKey(
        Program, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta(Block.Meta):
        verbose_name = "call to action"
        verbose_name_plural = "calls to action"
        constraints = [
            models.CheckConstraint(
                name="a_call_to_action_names_a_program_if_it_leads_to_one",
                condition=Q(target="program", program__isnull=False)
                | (~Q(target="program") & Q(program=None)),
                violation_error_message="Choose a program only, and always, when the button leads to one.",
            ),
        ]

    def __str__(self):
        return self.title

    def frozen(self):
        target = (
            self.program.get_absolute_url() if self.program else reverse(self.target)
        )
        return {
            "type": "call_to_action",
            "title": self.title,
            "text": self.text,
            "label": self.label,
            "url": target,
        }


BLOCKS = [
    TextBlock,
    CalloutBlock,
    ImageBlock,
    DrawingBlock,
    ExerciseBlock,
    QuoteBlock,
    CallToActionBlock,
]
