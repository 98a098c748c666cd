"""The working copy of an article, read once: what the gate checks and the reading help marks."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from content_editor.contents import contents_for_item
from django.db import models

from articles.models import BLOCKS, Article
from kneecare.clinic.models import Clinic
from kneecare.core.html import Outline, outline, plain_lines
from kneecare.core.richtext import RichTextField

UNREAD = {
    "region",
    "alt",
}  # text fields of a block that are no part of the running text


@dataclass
class Text:
    """The formatted text of one field of one block."""

    block: Any
    field: str
    html: str

    @cached_property
    def outline(self) -> Outline:
        return outline(self.html)


@dataclass
class WorkingCopy:
    article: Article
    together: Iterable[Article] = ()  # drafts that are published with it

    @cached_property
    def blocks(self) -> list[Any]:
        return contents_for_item(self.article, BLOCKS).main

    @cached_property
    def clinic(self):
        return Clinic.objects.current()

    @cached_property
    def references(self):
        return list(self.article.references.all())

    @cached_property
    def texts(self) -> list[Text]:
        return [
            Text(block, field.name, getattr(block, field.name))
            for block in self.blocks
            for field in block._meta.concrete_fields
            if isinstance(field, RichTextField)
        ]

    def said(self) -> Iterator[tuple[Any, str, str]]:
        """``(row, field, plain text)`` of whatever is read as running text, in order."""
        yield self.article, "summary", self.article.summary
        for block in self.blocks:
            for field in block._meta.concrete_fields:
                if _is_read(field) and (value := getattr(block, field.name)):
                    is_rich = isinstance(field, RichTextField)
                    yield block, field.name, plain_lines(value) if is_rich else value


def _is_read(field):
    is_text = isinstance(field, models.CharField | models.TextField)
    is_address = isinstance(field, models.URLField | models.SlugField)
    return is_text and not is_address and not field.choices and field.name not in UNREAD
