"""The part of a text that shows why it was found. Everything is escaped first; the marks are ours."""

import re
from functools import lru_cache
from itertools import pairwise

from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe

from kneecare.search.words import stems

LENGTH = 180  # characters, about
MOST = 200  # places in one text that are looked at


def marked(text, phrases):
    """``text`` as HTML with the words that have the stems of one of ``phrases`` marked."""
    return _marked(text, _places(text, finder(phrases), phrases))


def snippet(summary, body, phrases):
    """The summary, or the part of the body that has more of what was looked for; as HTML with marks."""
    pattern = finder(phrases)
    in_summary = _places(summary, pattern, phrases)
    in_body = _places(body, pattern, phrases)
    start, found = _best_window(in_body)
    if len({place[2] for place in in_summary}) >= found:
        return _marked(summary, in_summary)
    return _cut(body, in_body, start)


@lru_cache(maxsize=100)
def finder(phrases):
    """What finds the words that may have the stems of ``phrases``, fast; ``_places`` makes sure of each."""
    longest_first = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    found = "|".join(r"[\W_]+".join(map(_word, phrase)) for phrase in longest_first)
    return re.compile(rf"(?<![^\W_])(?:{found})", re.IGNORECASE)


def _word(stem):
    # "happi" is the stem of "happy", "n10" that of "10".
    start = re.sub(r"^n(?=\d)", "", stem.removesuffix("i"))
    return rf"{re.escape(start)}[^\W_]*(?:['\u2019][^\W_]+)*"


def _places(text, pattern, phrases):
    """``(start, end, phrase)`` of what ``phrases`` are in ``text``; the first few hundred."""
    places = []
    for found in pattern.finditer(text):
        if (its := tuple(stems(found[0]))) in phrases:
            places.append((*found.span(), its))
            if len(places) == MOST:
                break
    return places


def _best_window(places):
    """Where the stretch of text begins that has the most of what was looked for, and how many those are."""
    best, most = 0, 0
    for number, (start, _, _) in enumerate(places):
        inside = [
            each
            for at, end, each in places[number : number + 12]
            if end <= start + LENGTH - 40
        ]
        if len(set(inside)) > most:
            best, most = start, len(set(inside))
    return best, most


def _cut(text, places, start):
    """About ``LENGTH`` characters of ``text`` around ``start``, from a word's beginning to a word's end."""
    begin = text.rfind(" ", 0, max(0, start - 40)) + 1 if start > 40 else 0
    end = begin + LENGTH
    end = len(text) if end >= len(text) else max(text.rfind(" ", 0, end), begin + 40)
    inside = [
        (a - begin, b - begin, each) for a, b, each in places if begin <= a and b <= end
    ]
    return format_html(
        "{}{}{}",
        "… " if begin else "",
        _marked(text[begin:end], inside),
        " …" if end < len(text) else "",
    )


def _marked(text, places):
    edges = [0, *(edge for place in places for edge in place[:2]), len(text)]
    parts = [text[a:b] for a, b in pairwise(edges)]
    return mark_safe(  # noqa: S308 - each part is escaped
        "".join(
            f"<mark>{escape(part)}</mark>" if number % 2 else escape(part)
            for number, part in enumerate(parts)
        )
    )
