"""What a version tells of itself before it is read: its parts, and how long reading takes."""

import re
from collections import Counter
from math import ceil

from django.utils.text import slugify

from articles.rendering.footnotes import with_notes
from articles.rendering.words import words
from kneecare.core.text.html import outline

WORDS_A_MINUTE = 200
FEWEST = 3  # a shorter list helps nobody
# Ids that the page has already, or gives to footnotes.
TAKEN = {"main", "site-nav", "when-to-get-help", "references"}
NUMBERED = re.compile(r"(?:reference|mark)-\d+")


def with_anchors(blocks, references=0):
    """``(blocks, contents)``: each text with the ids of its main headings as ``anchors``, and all of these as a list of parts.

    The blocks also learn which of their footnote marks lead to one of so many ``references``, and which questions
    follow each other. There are as many as before, in the same order.
    """
    contents: list[dict[str, str]] = []
    ids = Ids()
    anchored = []
    for block in joined(with_notes(blocks, references)):
        if block["type"] == "text":
            titles = headings(block["html"])
            parts = [{"id": ids.add(title), "title": title} for title in titles]
            contents += parts
            block = {**block, "anchors": [each["id"] for each in parts]}
        anchored.append(block)
    return anchored, contents if len(contents) >= FEWEST else []


def joined(blocks):
    """``blocks`` with questions that follow each other as one list, which the first ``opens`` and the last ``closes``."""
    kinds = [None, *(block["type"] for block in blocks), None]
    return [
        {**block, "opens": kinds[place] != kind, "closes": kinds[place + 2] != kind}
        if (kind := block["type"]) == "question"
        else block
        for place, block in enumerate(blocks)
    ]


def headings(html):
    """The main headings of an editor's text, as plain words."""
    return [words for level, words in outline(html).headings if level == 2]


class Ids:
    """The ids of the parts of a page: each is given once, to whatever number of parts of the same name."""

    def __init__(self):
        self._taken = set(TAKEN)
        self._next: Counter[str] = Counter()  # the number to try first, for each name

    def add(self, title):
        """An id for ``title`` that nothing else on the page has."""
        name = slugify(title) or "part"
        if NUMBERED.fullmatch(name):
            name = f"part-{name}"
        number = self._next[name] or 1
        while (found := f"{name}-{number}" if number > 1 else name) in self._taken:
            number += 1
        self._next[name] = number + 1
        self._taken.add(found)
        return found


def anchored(html, ids):
    """Cleaned ``html`` with ``ids`` on its main headings, in order."""
    left = iter(ids)
    return re.sub("<h2>", lambda found: _opened(next(left, "")) or found[0], html)


def _opened(name):
    return f'<h2 id="{name}">' if name else ""


def minutes(blocks):
    """How long it takes to read the words of ``blocks``, in whole minutes."""
    return max(1, ceil(len(words(blocks).split()) / WORDS_A_MINUTE))
