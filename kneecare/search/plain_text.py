"""The words of a page without its markup."""

import re
from html import unescape

from django.utils.html import strip_tags

BREAKS = re.compile(r"<(?:/p|/li|/h[1-6]|br)\b[^>]*>", re.IGNORECASE)
# What a block says of itself rather than to a reader.
UNREAD = {"type", "tone", "url", "name", "id", "drawing", "width", "height", "target"}


READ_FIRST = ["title", "question", "html", "text"]


def of_html(html):
    """The text of ``html``; what ends a paragraph, a heading or a list item parts words."""
    return " ".join(unescape(strip_tags(BREAKS.sub(" \\g<0>", html))).split())


def of_blocks(value):
    """Every text in a block or a list of blocks, whatever kinds there are, in the order of the page."""
    return " ".join(filter(None, map(of_html, _texts(value))))


def _texts(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        # The order of the names is the database's: PostgreSQL keeps another than SQLite.
        for name in sorted(value.keys() - UNREAD, key=_as_read):
            yield from _texts(value[name])
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def _as_read(name):
    first = READ_FIRST.index(name) if name in READ_FIRST else len(READ_FIRST)
    return first, name
