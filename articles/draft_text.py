"""The draft of an article, read once: what the publish checks look at and the reading help marks."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from articles.models import Article
from articles.models.blocks import blocks_of, is_plain, is_rich
from kneecare.clinic.models import Clinic
from kneecare.core.text.html import Outline, outline, plain_lines

UNREAD = {"alt"}  # text of a block that is no part of the running text


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
class DraftText:
    article: Article
    publish_with: Iterable[Article] = ()  # drafts that are published with it

    @cached_property
    def blocks(self) -> list[Any]:
        return blocks_of(self.article)

    @cached_property
    def signature(self):
        """The clinical review of it as it is; ``None`` while that is pending."""
        return self.article.signature

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
            if is_rich(field)
        ]

    def said(self) -> Iterator[tuple[Any, str, str]]:
        """``(row, field, plain text)`` of whatever is read as running text, in order."""
        yield self.article, "summary", self.article.summary
        for block in self.blocks:
            for field in block._meta.concrete_fields:
                text = getattr(block, field.name)
                if text and is_rich(field):
                    yield block, field.name, plain_lines(text)
                elif text and is_plain(field) and field.name not in UNREAD:
                    yield block, field.name, text
