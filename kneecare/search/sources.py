"""Which pages can be searched. An app's ``search_documents`` module names its kinds of pages; nothing else does."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, QuerySet


@dataclass(frozen=True)
class Page:
    """What a page says of itself: plain text, as it was published."""

    url: str
    title: str
    summary: str
    body: str


@dataclass(frozen=True)
class Source:
    """One kind of page. ``kind`` is its key in the index, ``label`` what a visitor calls it."""

    kind: str
    label: str
    model: Any
    page: Callable[[Any], Page]
    prepare: Callable[[QuerySet], QuerySet] = field(default=lambda queryset: queryset)

    def published(self):
        """The rows that may be found now: the model's own word decides."""
        return self.model.objects.published()


SOURCES: dict[str, Source] = {}
# For a model whose rows are part of other pages: those pages.
_parts: dict[type[Model], Callable[[Any], Iterable[Model]]] = {}


def source(model, *, label, prepare=lambda queryset: queryset):
    """Register a function that makes a ``Page`` of a row of ``model``; ``prepare`` reads what it needs in bulk."""

    def register(function):
        kind = model._meta.model_name
        SOURCES[kind] = Source(kind, label, model, function, prepare)
        return function

    return register


def part_of(model):
    """Register a function that names the pages which show a row of ``model``."""

    def register(function):
        _parts[model] = function
        return function

    return register


def pages_of(row):
    """``row`` itself, if it is a page, and every page that it is part of."""
    own = [row] if row._meta.model_name in SOURCES else []
    pages = _parts.get(type(row), lambda row: [])(row)
    return [*own, *pages]
