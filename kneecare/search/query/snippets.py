"""The part of a text that shows why it was found. Everything is escaped first; the marks are ours."""

import re
from functools import lru_cache
from itertools import pairwise

from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe

from kneecare.search.query.plan import Phrase
from kneecare.search.words import stems

LENGTH = 180  # characters, about
BEFORE = 40  # of these before the first mark, so that it is read in its sentence
MOST = 200  # places in one text that are looked at
NEXT = 12  # places that are taken for one stretch of text


class Marker:
    """Finds and marks what a plan looks for. Two phrases of one unit mean the same and count once."""

    def __init__(self, plan):
        self.units = {phrase: phrase for phrase in plan.exact}
        for unit in plan.units:
            self.units |= dict.fromkeys(unit.phrases, unit.phrases[0])
        self.pattern = _pattern(frozenset(self.units))

    def marked(self, text):
        """``text`` as HTML."""
        return _marked(text, self.places(text))

    def snippet(self, title, summary, body):
        """The summary, unless the body has a stretch with something that neither title nor summary has; as HTML."""
        in_summary, in_body = self.places(summary), self.places(body)
        start, shown = _best_stretch(in_body)
        told = {unit for *_, unit in [*in_summary, *self.places(title)]}
        if shown <= told:
            return _marked(summary, in_summary)
        return _cut(body, in_body, start)

    def places(self, text):
        """``(start, end, unit)`` of what is found in ``text``; the first few hundred."""
        places = []
        for found in self.pattern.finditer(text):
            if unit := self.units.get(tuple(stems(found[0]))):
                places.append((*found.span(), unit))
                if len(places) == MOST:
                    break
        return places


@lru_cache(maxsize=100)
def _pattern(phrases):
    """What finds the words that may have the stems of ``phrases``, fast; ``Marker.places`` makes sure of each."""
    longest_first = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    found = "|".join(r"[\W_]+".join(map(_word, phrase)) for phrase in longest_first)
    return re.compile(rf"(?<![^\W_])(?:{found})", re.IGNORECASE)


def _word(stem):
    # "happi" is the stem of "happy", "n10" that of "10".
    start = re.sub(r"^n(?=\d)", "", stem.removesuffix("i"))
    return rf"{re.escape(start)}[^\W_]*(?:['\u2019][^\W_]+)*"


def _best_stretch(places):
    """Where the stretch of text begins that has the most units, and which those are."""
    best = 0
    most: set[Phrase] = set()
    for number, (start, _, _) in enumerate(places):
        last = start + LENGTH - BEFORE
        units = {unit for _, end, unit in places[number : number + NEXT] if end <= last}
        if len(units) > len(most):
            best, most = start, units
    return best, most


def _cut(text, places, start):
    """About ``LENGTH`` characters of ``text`` around ``start``, from a word's beginning to a word's end."""
    begin = text.rfind(" ", 0, start - BEFORE) + 1 if start > BEFORE else 0
    end = begin + LENGTH
    end = (
        len(text) if end >= len(text) else max(text.rfind(" ", 0, end), begin + BEFORE)
    )
    inside = [
        (a - begin, b - begin, unit) for a, b, unit in places if begin <= a and b <= end
    ]
    return format_html(
        "{}{}{}",
        "… " if begin else "",
        _marked(text[begin:end], inside),
        " …" if end < len(text) else "",
    )


def _marked(text, places):
    edges = [0, *(edge for place in places for edge in place[:2]), len(text)]
    parts: list[str] = [escape(text[a:b]) for a, b in pairwise(edges)]
    parts[1::2] = [f"<mark>{part}</mark>" for part in parts[1::2]]
    return mark_safe("".join(parts))  # noqa: S308 - each part is escaped
