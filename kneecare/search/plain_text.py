"""The words of a page without its markup."""

import re
from html import unescape

from django.utils.html import strip_tags

BREAKS = re.compile(r"<(?:/p|/li|/h[1-6]|br)\b[^>]*>", re.IGNORECASE)
# What a block says of itself rather than to a reader.
UNREAD = {"type", "tone", "url", "name", "id", "drawing", "width", "height", "target"}


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
        for name, inner in value.items():
            if name not in UNREAD:
                yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
