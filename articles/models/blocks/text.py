"""Blocks of words."""

from django.db import models

from articles.models.blocks.base import Block
from kneecare.core.html import split_lines
from kneecare.core.richtext import RichTextField


class TextBlock(Block):
    types = ["text"]
    kept = ["html"]

    html = RichTextField("text")

    class Meta(Block.Meta):
        verbose_name = "text"
        verbose_name_plural = "texts"

    def __str__(self):
        return "Text"


class CalloutBlock(Block):
    class Tone(models.TextChoices):
        TIP = "tip", "Tip"
        WARNING = "warning", "Warning"
        URGENT = "urgent", "Urgent"

    types = ["callout"]
    kept = ["tone", "title", "html"]

    tone = models.CharField(max_length=10, choices=Tone, default=Tone.TIP)
    title = models.CharField(max_length=120)
    html = RichTextField("text")

    class Meta(Block.Meta):
        verbose_name = "callout"
        verbose_name_plural = "callouts"

    def __str__(self):
        return self.title


class QuoteBlock(Block):
    types = ["quote"]
    kept = ["html", "attribution"]

    html = RichTextField("quote or personal note")
    attribution = models.CharField(max_length=120, help_text="Who says so.")

    class Meta(Block.Meta):
        verbose_name = "quote or personal note"
        verbose_name_plural = "quotes and personal notes"

    def __str__(self):
        return self.attribution


class MythBlock(Block):
    types = ["myth"]
    kept = ["myth", "fact"]

    myth = models.CharField(
        max_length=200, help_text="What many people think, in their words."
    )
    fact = RichTextField(help_text="What is true instead.")

    class Meta(Block.Meta):
        verbose_name = "myth and fact"
        verbose_name_plural = "myths and facts"

    def __str__(self):
        return self.myth


class QuestionBlock(Block):
    """A question and its answer. Those that follow each other are shown as one list."""

    types = ["question"]
    kept = ["question", "answer"]

    question = models.CharField(
        max_length=200, help_text="As a patient would ask it, with its question mark."
    )
    answer = RichTextField()

    class Meta(Block.Meta):
        verbose_name = "question and answer"
        verbose_name_plural = "questions and answers"

    def __str__(self):
        return self.question


class StepsBlock(Block):
    types = ["steps"]
    kept = ["steps"]

    steps = models.TextField(help_text="What to do, one step per line. No numbers.")

    class Meta(Block.Meta):
        verbose_name = "steps"
        verbose_name_plural = "steps"

    def __str__(self):
        return next(iter(split_lines(self.steps)), "Steps")
