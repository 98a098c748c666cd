"""The staff's guide in the admin: ``docs/staff.md``, so that there is one text of it."""

from functools import cache
from typing import NamedTuple

from django.conf import settings
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from markdown_it import MarkdownIt

GUIDE = settings.BASE_DIR / "docs" / "staff.md"


class Guide(NamedTuple):
    """``tasks`` are the headings to choose from, as ``(id, words)``."""

    title: str
    tasks: list[tuple[str, str]]
    html: SafeString


def staff_guide(request, context):
    """The page; ``context`` is what the admin puts on each of its pages."""
    guide = read_guide()
    context = {**context, "title": guide.title, "guide": guide}
    return render(request, "admin/staff_guide.html", context)


@cache
def read_guide():
    parser = MarkdownIt("commonmark")
    tokens = parser.parse(GUIDE.read_text(encoding="utf-8"))
    headings = [
        (token, tokens[number + 1].content)
        for number, token in enumerate(tokens)
        if token.type == "heading_open"
    ]
    title, *tasks = [words for _, words in headings]
    for heading, words in headings[1:]:
        heading.attrSet("id", slugify(words))
    body = tokens[3:]  # the page has the title as its own heading
    html = parser.renderer.render(body, parser.options, {})
    return Guide(
        title,
        [(slugify(words), words) for words in tasks],
        mark_safe(html),  # noqa: S308 - a text of ours
    )
