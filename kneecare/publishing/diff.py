"""Text compared word by word."""

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from kneecare.core.text.html import plain_lines

Row = dict[str, Any]
TOKENS = re.compile(r"\w+|\s+|[^\w\s]")
MOST_PAIRS = 50_000  # of places that difflib compares: some 200 words, all of them new
ANCHOR = 7  # tokens: four words and the blanks between them
TOO_SHORT = (
    3  # characters that stay between two changes and only make them harder to read
)


class Formatted(str):
    """The HTML of formatted text."""


@dataclass
class Difference:
    """What changed from one version of a page to another: ``rows`` of labelled texts, as ``side_by_side`` gives them.

    ``parts`` are those of a page that is read part by part. Each has a ``name``, ``rows`` of its own, whether it has
    ``moved``, and its ``change``: "added", "removed", "changed" or "same".
    """

    rows: list[Row]
    parts: list[Row] | None = None


def runs(old: str, new: str) -> list[dict[str, str]]:
    """``new`` with what was taken out of ``old``: ``[{"op": "same" | "added" | "removed", "text": …}, …]``."""
    before, after = TOKENS.findall(old), TOKENS.findall(new)
    found = []
    for same, a, b, c, d in _stretches(before, after):
        taken, put = "".join(before[a:b]), "".join(after[c:d])
        pieces = [("same", put)] if same else [("removed", taken), ("added", put)]
        found += [{"op": op, "text": text} for op, text in pieces if text]
    return found


def _stretches(before: list[str], after: list[str]) -> list[list[Any]]:
    """Stretches that are the same and stretches that are not, in turn, as places in the two lists of tokens."""
    stretches: list[list[Any]] = []
    opcodes = _opcodes(before, after)
    for number, (op, a, b, c, d) in enumerate(opcodes):
        between = 0 < number < len(opcodes) - 1
        same = op == "equal" and not (
            between and len("".join(after[c:d]).strip()) < TOO_SHORT
        )
        if stretches and stretches[-1][0] == same:
            stretches[-1][2], stretches[-1][4] = b, d
        else:
            stretches.append([same, a, b, c, d])
    return stretches


Opcode = tuple[str, int, int, int, int]


def _opcodes(before: list[str], after: list[str]) -> list[Opcode]:
    """What difflib calls opcodes; of long texts, between the places where both have the same few words, once each.

    Difflib looks at every pair of places with the same token. A text that was written anew shares its blanks and its
    common words with the old one, so that the pairs grow with the square of its length.
    """
    found: list[Opcode] = []
    a = c = 0
    for b, d in _anchors(before, after):
        for op in _between(before, after, a, b, c, d):
            if found and found[-1][0] == op[0] == "equal":
                op = ("equal", found[-1][1], op[2], found.pop()[3], op[4])
            found.append(op)
        a, c = b, d
    return found


def _between(before: list[str], after: list[str], a: int, b: int, c: int, d: int) -> list[Opcode]:  # fmt: skip
    """The opcodes of one stretch; one that is still too long to compare is taken as written anew."""
    old, new = before[a:b], after[c:d]
    if old == new:
        return [("equal", a, b, c, d)] if old else []
    if _pairs(old, new) > MOST_PAIRS:
        return [("replace", a, b, c, d)]
    opcodes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [(op, a + i, a + j, c + k, c + n) for op, i, j, k, n in opcodes]


def _pairs(before: list[str], after: list[str]) -> int:
    old, new = Counter(before), Counter(after)
    return sum(count * new[token] for token, count in old.items())


def _anchors(before: list[str], after: list[str]) -> list[tuple[int, int]]:
    """Places in both that belong together, in order (patience diff); none but the ends where that is not needed."""
    ends = [(len(before), len(after))]
    if _pairs(before, after) <= MOST_PAIRS:
        return ends
    old, new = _once(before), _once(after)
    return [*_rising([(old[each], new[each]) for each in new if each in old]), *ends]


def _once(tokens: list[str]) -> dict[tuple[str, ...], int]:
    """The places at which some words begin that follow each other in ``tokens`` just once."""
    runs = list(zip(*(tokens[n:] for n in range(ANCHOR)), strict=False))
    counted = Counter(runs)
    return {each: place for place, each in enumerate(runs) if counted[each] == 1}


def _rising(places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Of pairs that rise on the right, the longest run of them that rises on the left as well."""
    tails: list[int] = []
    ends: list[int] = []
    previous: list[int] = []
    for number, (left, _) in enumerate(places):
        at = bisect_left(tails, left)
        tails[at : at + 1] = [left]
        ends[at : at + 1] = [number]
        previous.append(ends[at - 1] if at else -1)
    run, number = [], ends[-1] if ends else -1
    while number >= 0:
        run.append(places[number])
        number = previous[number]
    return run[::-1]


def plain(text: str) -> str:
    """Formatted text as lines of words, each link followed by where it leads; other text as it is."""
    if not isinstance(text, Formatted):
        return text
    text = re.sub(r'<a [^>]*href="([^"]*)"[^>]*>(.*?)</a>', r"\2 (\1)", shape(text))
    return plain_lines(text.replace("<li>", "• "))


def shape(text: str) -> str:
    """Formatted text without what only its editor program sees: two that look the same are the same."""
    if not isinstance(text, Formatted):
        return text
    text = re.sub(r"\s+", " ", text).strip()
    text = re.sub(r"> (?=<(?:/?(?:p|h2|h3|ul|ol|li)\b))", ">", text)
    text = re.sub(r' rel="[^"]*"', "", text)
    return text.replace("<li><p>", "<li>").replace("</p></li>", "</li>")


def side_by_side(old: dict[str, str], new: dict[str, str]) -> list[Row]:
    """Two dictionaries of labels and texts, side by side: each row has ``label``, ``runs`` and what sort of change it is."""
    labels = list(dict.fromkeys([*old, *new]))
    return [_row(label, old.get(label, ""), new.get(label, "")) for label in labels]


def _row(label: str, old: str, new: str) -> Row:
    before, after = plain(old), plain(new)
    return {
        "label": label,
        "runs": runs(before, after),
        "changed": shape(old) != shape(new),
        "formatting_only": shape(old) != shape(new) and before == after,
    }
