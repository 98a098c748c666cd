"""Footnote marks: ``[2]`` in an editor's text points at the second reference of the article, and back."""

import re

from articles.rendering.words import RICH
from kneecare.core.text.richtext import sanitize

MARK = re.compile(r"\[(\d{1,3}(?:\s*,\s*\d{1,3})*)\]")
CLOSE_UP = re.compile(rf" ?{MARK.pattern}")
LINK = '<a href="#reference-{number}" id="mark-{ordinal}" aria-label="Source {number}">{number}</a>'
TAG = re.compile(r'(<(?:"[^"]*"|[^">])*>)')


def with_notes(blocks, count):
    """``blocks`` with what their texts say of ``count`` references as ``notes``: the marks, counted on."""
    before = 0
    noted = []
    for block in blocks:
        notes = {}
        for name in RICH:
            if numbers := _known(sanitize(block.get(name) or ""), count):
                notes[name] = {"before": before, "count": count, "numbers": numbers}
                before += len(numbers)
        noted.append({**block, "notes": notes} if notes else block)
    return noted


def without_reference(html, count):
    """The marks in ``html`` that name a reference which is none of ``count``, each once."""
    marks = [
        numbers
        for numbers in _marks(sanitize(html))
        if not _all_are_known(numbers, count)
    ]
    return list(dict.fromkeys(f"[{', '.join(map(str, numbers))}]" for numbers in marks))


def linked(html, note):
    """Clean ``html`` with its marks as links to the references; what ``note`` does not know stays as it is."""
    ordinal, known = note["before"], set(note["numbers"])

    def link(found):
        nonlocal ordinal
        numbers = _numbers(found)
        if not known.issuperset(numbers):
            return found[0]
        links = []
        for number in numbers:
            ordinal += 1
            links.append(LINK.format(number=number, ordinal=ordinal))
        return f'<sup class="footnote-mark">{", ".join(links)}</sup>'

    return "".join(
        CLOSE_UP.sub(link, piece) if is_text else piece
        for piece, is_text in _pieces(html)
    )


def listed(references, blocks):
    """``references`` of a version with their numbers, and the marks in ``blocks`` that point at each."""
    marks: dict[int, list[int]] = {}
    for block in blocks:
        for note in block.get("notes", {}).values():
            for ordinal, number in enumerate(note["numbers"], note["before"] + 1):
                marks.setdefault(number, []).append(ordinal)
    return [
        {**reference, "number": number, "marks": marks.get(number, [])}
        for number, reference in enumerate(references, 1)
    ]


def _known(html, count):
    """The numbers of the marks in ``html`` that all lead to one of ``count`` references."""
    return [
        number
        for numbers in _marks(html)
        if _all_are_known(numbers, count)
        for number in numbers
    ]


def _all_are_known(numbers, count):
    return all(1 <= number <= count for number in numbers)


def _marks(html):
    for piece, is_text in _pieces(html):
        if is_text:
            yield from map(_numbers, MARK.finditer(piece))


def _numbers(found):
    return [int(number) for number in found[1].split(",")]


def _pieces(html):
    """The tags of ``html`` and what stands between them, with whether marks count there: not within a link."""
    in_link = False
    for place, piece in enumerate(TAG.split(html)):
        is_tag = place % 2 == 1
        if is_tag and piece.startswith(("<a ", "</a")):
            in_link = piece.startswith("<a ")
        yield piece, not is_tag and not in_link
