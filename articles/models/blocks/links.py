"""Blocks that lead to other pages of the site."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from articles.models.blocks.text import Block
from articles.rendering.embeds import shown_exercise, shown_routine
from exercises.models import Exercise, Routine
from kneecare.clinic.models import Program

SHOWN = {"exercise": shown_exercise, "routine": shown_routine}


class ExerciseBlock(Block):
    """An exercise or a routine, shown as it was when the article was published."""

    types = ["exercise", "routine"]
    editor = {
        "icon": "fitness_center",
        "autocomplete_fields": ["exercise", "routine"],
    }

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

    def snapshot(self):
        if self.exercise_id:
            return {"type": "exercise", "id": self.exercise_id}
        return {"type": "routine", "id": self.routine_id}

    @classmethod
    def ready(cls, snapshot, context):
        kind, show = snapshot["type"], SHOWN[snapshot["type"]]
        shown = show(snapshot["id"], context.embeds[kind], context.slugs)
        return shown and {**snapshot, kind: shown}


class CallToActionBlock(Block):
    class Target(models.TextChoices):
        BOOK = "book", "Book a Discovery Call"
        CONTACT = "contact", "Say hi"
        PROGRAM = "program", "A program"

    types = ["call_to_action"]
    kept = ["title", "text", "label"]
    editor = {"icon": "touch_app"}

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

    def snapshot(self):
        target = (
            self.program.get_absolute_url() if self.program else reverse(self.target)
        )
        return {**super().snapshot(), "url": target, "program_id": self.program_id}
