"""Formatted text as plain paragraphs for paper."""

from html.parser import HTMLParser

from kneecare.core.richtext import sanitize

BLOCKS = {"p", "h2", "h3", "li"}


def paragraphs(html):
    """The blocks of ``html``, each a dict of its ``kind`` ("p", "heading" or "item") and its ``text``; no empty one."""
    reader = _Reader()
    reader.feed(sanitize(html))
    reader.close()
    return [block for block in reader.blocks if block["text"]]


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.blocks: list[dict[str, str]] = []
        self._items = 0

    def handle_starttag(self, tag, attrs):
        if tag == "li":
            self._items += 1
        if tag in BLOCKS:
            self.blocks.append({"kind": self._kind(tag), "text": ""})
        elif tag == "br":
            self.handle_data(" ")

    def handle_endtag(self, tag):
        if tag == "li":
            self._items -= 1

    def handle_data(self, data):
        if not self.blocks:
            self.blocks.append({"kind": "p", "text": ""})
        text = self.blocks[-1]["text"] + data
        self.blocks[-1]["text"] = " ".join(text.split()) + " " * text.endswith(" ")

    def _kind(self, tag):
        if self._items:
            return "item"
        return "p" if tag == "p" else "heading"
