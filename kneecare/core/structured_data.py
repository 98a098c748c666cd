"""JSON-LD: what a page says of itself to machines. Absolute URLs, no empty values."""

from typing import Any

from django.conf import settings

Node = dict[str, Any]


def node(kind: str, **values: Any) -> Node:
    """A schema.org object of ``kind`` without its empty values."""
    given = {
        name: value for name, value in values.items() if value not in (None, "", [])
    }
    return {"@type": kind, **given}


def document(graph: Node) -> Node:
    """``graph`` as a whole JSON-LD document."""
    return {"@context": "https://schema.org", **graph}


def breadcrumbs(*steps: tuple[str, str]) -> Node:
    """The way to a page from the first one: ``(name, path)`` of each step after it."""
    return node(
        "BreadcrumbList",
        itemListElement=[
            node("ListItem", position=position, name=name, item=absolute(path))
            for position, (name, path) in enumerate([("Home", "/"), *steps], 1)
        ],
    )


def absolute(path: str) -> str:
    """The public URL of a path on this site."""
    return f"{settings.SITE_URL}{path}"


def language_tag(code: str) -> str:
    """``en-us`` as HTML and feeds write it: ``en-US``."""
    language, _, region = code.partition("-")
    return f"{language}-{region.upper()}" if region else language


def locale(code: str) -> str:
    """``en-us`` as Open Graph writes it: ``en_US``."""
    return language_tag(code).replace("-", "_")
