"""What every block is, and the blocks of words."""

from dataclasses import dataclass
from typing import Any, ClassVar

from content_editor.models import create_plugin_base
from django.db import models

from articles.models.article import Article
from kneecare.core.text.html import split_lines
from kneecare.core.text.richtext import RichTextField

Plugin: Any = create_plugin_base(Article)


@dataclass(frozen=True)
class BlockContext:
    """Where blocks are shown: what was kept of the ``embeds`` of their version, and by kind the ``slugs`` that visitors may see, by id."""

    embeds: dict[str, dict[str, Any]]
    slugs: dict[str, dict[int, str]]
    is_preview: bool = False


class Block(Plugin):
    """A part of an article's body. Its template is ``articles/blocks/_<type>.html``.

    ``types`` names what it can be shown as, ``kept`` the fields of its snapshot, ``editor`` the options of its inline.
    """

    types: ClassVar[list[str]] = []
    kept: ClassVar[list[str]] = []
    editor: ClassVar[dict[str, Any]] = {}

    class Meta(Plugin.Meta):
        abstract = True

    def snapshot(self):
        """What a version keeps of it."""
        return {
            "type": self.types[0],
            **{name: getattr(self, name) for name in self.kept},
        }

    @classmethod
    def ready(cls, snapshot, context):
        """``snapshot`` with what its template needs besides; ``None`` where it must not be shown."""
        return snapshot


class TextBlock(Block):
    types = ["text"]
    kept = ["html"]
    editor = {"icon": "notes"}

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
    editor = {"icon": "campaign"}

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
    editor = {"icon": "format_quote"}

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
    editor = {"icon": "fact_check"}

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
    editor = {"icon": "quiz"}

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
    editor = {"icon": "format_list_numbered"}

    steps = models.TextField(help_text="What to do, one step per line. No numbers.")

    class Meta(Block.Meta):
        verbose_name = "steps"
        verbose_name_plural = "steps"

    def __str__(self):
        return next(iter(split_lines(self.steps)), "Steps")
