"""From HTML to words: the text of formatted text, its links, its headings and its paragraphs."""

import re
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser

from django.utils.html import strip_tags

from kneecare.core.text.richtext import sanitize

# What ends a line for whoever reads: a paragraph, a list item, a heading.
LINE_END = re.compile(r"<(?:/p|/li|/h[1-6]|/tr|br)\b[^>]*>", re.IGNORECASE)
PARAGRAPHS = {"p", "h2", "h3", "li", "tr"}
ROW = re.compile(r"<tr\b[^>]*>(.*?)</tr>", re.DOTALL)
CELL = re.compile(r"<t[dh]\b[^>]*>(.*?)</t[dh]>", re.DOTALL)
CELLS = {"td", "th"}
BETWEEN_CELLS, EMPTY_CELL = " | ", "\u2013"
# Ten to the power of three without its raised 3 is a hundred and three.
RAISED = re.compile(r"<(su[pb])>(.*?)</\1>", re.DOTALL)
DIGITS = "0123456789+-\N{MINUS SIGN}=()"
AS_RAISED = {
    "sup": str.maketrans(DIGITS, "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾"),
    "sub": str.maketrans(DIGITS, "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎"),
}


def split_lines(text: str) -> list[str]:
    """The non-empty lines of ``text``, trimmed: how a short list is kept in one box that anybody can edit."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def plain_text(html: str) -> str:
    """The words of ``html`` in one line."""
    return " ".join(plain_lines(html).split())


def plain_lines(html: str) -> str:
    """The words of ``html``, with a line for each paragraph, list item, heading and row of a table."""
    html = LINE_END.sub("\n", ROW.sub(_row, RAISED.sub(_raised, html)))
    return "\n".join(split_lines(unescape(strip_tags(html))))


def _raised(found: re.Match[str]) -> str:
    """Figures in the letters that stand above or below the line; other words with a sign that says so."""
    where, words = found[1], strip_tags(found[2])
    figures = words.strip()
    if figures and not figures.strip(DIGITS):
        return figures.translate(AS_RAISED[where])
    return f"{'^' if where == 'sup' else '_'}{words}" if figures else words


def _row(found: re.Match[str]) -> str:
    """A row of a table in one line; its columns can be counted, the empty ones too."""
    cells = (
        strip_tags(LINE_END.sub(" ", cell)).strip() for cell in CELL.findall(found[1])
    )
    return f"<tr>{BETWEEN_CELLS.join(cell or EMPTY_CELL for cell in cells)}</tr>"


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
    reader.feed(RAISED.sub(_raised, sanitize(html or "")))
    reader.close()
    return reader.outline


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.outline = Outline()
        self._is_inside = False  # a paragraph
        # In it: joined once, as it may be a table of thousands of cells.
        self._said: list[str] = []
        self._last_said = ""  # of that, the last that is no blank
        self._items = 0  # list items around this place
        self._rows = 0  # rows of a table around this place
        self._cells = 0  # of the last of them

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.outline.links.append(dict(attrs).get("href") or "")
        if tag == "li":
            self._items += 1
        if tag in CELLS:
            self._begin_cell()
        elif tag == "br" or (tag in PARAGRAPHS and self._rows):
            self.handle_data(" ")
        elif tag in PARAGRAPHS:
            self._begin(tag)
        if tag == "tr":
            self._rows, self._cells = self._rows + 1, 0

    def handle_endtag(self, tag: str) -> None:
        if tag == "li":
            self._items -= 1
        if tag == "tr":
            self._rows -= 1
        if tag in CELLS:
            self._end_cell()
        elif tag in PARAGRAPHS and not self._rows:
            self._is_inside = False

    def _begin_cell(self) -> None:
        if self._cells:
            self.handle_data(BETWEEN_CELLS)
        self._cells += 1

    def _end_cell(self) -> None:
        said = self._last_said if self._is_inside else ""
        if not said or said.endswith(BETWEEN_CELLS.strip()):
            self.handle_data(EMPTY_CELL)

    def handle_data(self, data: str) -> None:
        if not self._is_inside:
            self._begin("p")
        self._said.append(data)
        self._last_said = data.strip() or self._last_said

    def close(self) -> None:
        super().close()
        self._finish()

    def _finish(self) -> None:
        """Give the last paragraph all that was said in it."""
        if self._said:
            text = "".join(self._said)
            words = " ".join(text.split()) + " " * text.endswith(" ")
            self.outline.paragraphs[-1].text = words
        self._said, self._last_said = [], ""

    def _begin(self, tag: str) -> None:
        self._finish()
        level = int(tag[1]) if tag[0] == "h" else 0
        kind = "item" if self._items else "heading" if level else "p"
        self.outline.paragraphs.append(Paragraph(kind, level))
        self._is_inside = True
