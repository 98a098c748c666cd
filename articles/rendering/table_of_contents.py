"""What a version tells of itself before it is read: its parts, and how long reading takes."""

import re
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
    anchored = []
    for block in joined(with_notes(blocks, references)):
        if block["type"] == "text":
            titles = headings(block["html"])
            parts = [part(title, contents) for title in titles]
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


def part(title, contents):
    """Add ``title`` to ``contents`` under an id that nothing else on the page has."""
    taken = TAKEN | {each["id"] for each in contents}
    name = slugify(title) or "part"
    if NUMBERED.fullmatch(name):
        name = f"part-{name}"
    number = 1
    while (name if number == 1 else f"{name}-{number}") in taken:
        number += 1
    contents.append({"id": name if number == 1 else f"{name}-{number}", "title": title})
    return contents[-1]


def anchored(html, ids):
    """Cleaned ``html`` with ``ids`` on its main headings, in order."""
    left = iter(ids)
    return re.sub("<h2>", lambda found: _opened(next(left, "")) or found[0], html)


def _opened(name):
    return f'<h2 id="{name}">' if name else ""


def minutes(blocks):
    """How long it takes to read the words of ``blocks``, in whole minutes."""
    return max(1, ceil(len(words(blocks).split()) / WORDS_A_MINUTE))
