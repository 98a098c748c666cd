"""JSON-LD: what a page says of itself to machines. Absolute addresses, no empty values."""

from django.conf import settings


def node(kind, **values):
    """A schema.org object of ``kind`` without its empty values."""
    return {
        "@type": kind,
        **{
            name: value for name, value in values.items() if value not in (None, "", [])
        },
    }


def document(graph):
    """``graph`` as a whole JSON-LD document."""
    return {"@context": "https://schema.org", **graph}


def breadcrumbs(*steps):
    """The way to a page from the first one: ``(name, path)`` of each step after it."""
    return node(
        "BreadcrumbList",
        itemListElement=[
            node("ListItem", position=position, name=name, item=absolute(path))
            for position, (name, path) in enumerate([("Home", "/"), *steps], 1)
        ],
    )


def absolute(path):
    """The public address of a path on this site."""
    return f"{settings.SITE_URL}{path}"
