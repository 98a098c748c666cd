"""What a piece of formatted text holds: its links and its headings, in order."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from kneecare.core.richtext import sanitize

HEADING = re.compile(r"h([1-6])")


@dataclass
class Outline:
    links: list[str] = field(default_factory=list)
    headings: list[tuple[int, str]] = field(default_factory=list)  # level and words


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.outline = Outline()
        self.level = 0
        self.words = ""

    def handle_starttag(self, tag, attrs):
        if tag == "a":
            self.outline.links.append(dict(attrs).get("href") or "")
        if found := HEADING.fullmatch(tag):
            self.level, self.words = int(found[1]), ""

    def handle_data(self, data):
        self.words += data

    def handle_endtag(self, tag):
        if HEADING.fullmatch(tag) and self.level:
            self.outline.headings.append((self.level, " ".join(self.words.split())))
            self.level = 0


def outline(html):
    """The outline of ``html`` as readers get it, after cleaning."""
    reader = _Reader()
    reader.feed(sanitize(html or ""))
    reader.close()
    return reader.outline
