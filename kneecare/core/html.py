"""From HTML to words: the text of formatted text, its links, its headings and its paragraphs."""

import re
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser

from django.utils.html import strip_tags

from kneecare.core.richtext import sanitize

# What ends a line for whoever reads: a paragraph, a list item, a heading.
LINE_END = re.compile(r"<(?:/p|/li|/h[1-6]|br)\b[^>]*>", re.IGNORECASE)
PARAGRAPHS = {"p", "h2", "h3", "li"}


def split_lines(text: str) -> list[str]:
    """The non-empty lines of ``text``, trimmed: how a short list is kept in one box that anybody can edit."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def plain_text(html: str) -> str:
    """The words of ``html`` in one line."""
    return " ".join(plain_lines(html).split())


def plain_lines(html: str) -> str:
    """The words of ``html``, with a line for each paragraph, list item and heading."""
    return "\n".join(split_lines(unescape(strip_tags(LINE_END.sub("\n", html)))))


@dataclass
class Paragraph:
    kind: str  # "p", "heading" or "item"
    level: int = 0  # of a heading
    text: str = ""


@dataclass
class Outline:
    links: list[str] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)

    @property
    def headings(self) -> list[tuple[int, str]]:
        """``(level, words)`` of each heading, an empty one as well."""
        return [
            (each.level, each.text.strip()) for each in self.paragraphs if each.level
        ]


def outline(html: str) -> Outline:
    """The links and the paragraphs of ``html`` in order, as readers get them: after cleaning."""
    reader = _Reader()
    reader.feed(sanitize(html or ""))
    reader.close()
    return reader.outline


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.outline = Outline()
        self._is_inside = False  # a paragraph
        self._items = 0  # list items around this place

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.outline.links.append(dict(attrs).get("href") or "")
        if tag == "li":
            self._items += 1
        if tag in PARAGRAPHS:
            self._begin(tag)
        elif tag == "br":
            self.handle_data(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag == "li":
            self._items -= 1
        if tag in PARAGRAPHS:
            self._is_inside = False

    def handle_data(self, data: str) -> None:
        if not self._is_inside:
            self._begin("p")
        last = self.outline.paragraphs[-1]
        text = last.text + data
        last.text = " ".join(text.split()) + " " * text.endswith(" ")

    def _begin(self, tag: str) -> None:
        level = int(tag[1]) if tag[0] == "h" else 0
        kind = "item" if self._items else "heading" if level else "p"
        self.outline.paragraphs.append(Paragraph(kind, level))
        self._is_inside = True
