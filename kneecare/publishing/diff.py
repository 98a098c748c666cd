"""Text compared word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from kneecare.core.html import plain_lines

Row = dict[str, Any]
TOKENS = re.compile(r"\w+|\s+|[^\w\s]")
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
    opcodes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
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
