"""From what was typed to what a database is asked: a query, its words mended and joined by those that mean the same."""

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from math import log2

from kneecare.search.words import STOP_WORDS, stem, words

MAX_CHARACTERS = 200
MAX_WORDS = 12
MAX_PHRASES = 3
PHRASE = re.compile(r"[\"\u201c\u201d]([^\"\u201c\u201d]*)[\"\u201c\u201d]")

Phrase = tuple[str, ...]  # stems that follow each other; most often one


@dataclass(frozen=True)
class Query:
    """Plain ``words`` in order, and apart from them the ``phrases`` that stood in quotation marks."""

    text: str
    words: tuple[str, ...]
    phrases: tuple[tuple[str, ...], ...] = ()
    was_cut: bool = False

    @property
    def all_words(self):
        return [*self.words, *(word for phrase in self.phrases for word in phrase)]


def parse(typed):
    """The query in ``typed``, however long and odd: what is no word is passed over, what is too much is left out."""
    text = " ".join(typed[: 4 * MAX_CHARACTERS].replace("\0", " ").split())
    kept = text[:MAX_CHARACTERS]
    phrases = [tuple(words(each)[:MAX_WORDS]) for each in PHRASE.findall(kept)]
    loose = words(PHRASE.sub(" ", kept))
    return Query(
        text=kept,
        words=tuple(loose[:MAX_WORDS]),
        phrases=tuple(each for each in phrases if each)[:MAX_PHRASES],
        was_cut=max(len(text), len(typed) - 3 * MAX_CHARACTERS) > MAX_CHARACTERS
        or len(loose) > MAX_WORDS,
    )


@dataclass(frozen=True)
class Unit:
    """One thing that is asked for: any of ``phrases`` will do, and the first is what was typed."""

    phrases: tuple[Phrase, ...]
    weight: float  # the fewer documents have it, the more it tells


@dataclass(frozen=True)
class Plan:
    units: tuple[Unit, ...] = ()
    exact: tuple[Phrase, ...] = ()  # what stood in quotation marks
    mended: tuple[tuple[str, str], ...] = ()  # (typed, meant)
    also: tuple[str, ...] = ()  # synonyms that are looked for as well
    missing: tuple[str, ...] = ()  # words that no page has


def make(query, lexicon):
    mended = {word: meant for word in query.words if (meant := lexicon.meant(word))}
    asked = [mended.get(word, word) for word in query.words]
    parts = [*_parts(asked, lexicon.groups)]
    parts += [((word,), ()) for phrase in query.phrases for word in phrase]
    telling = [part for part in parts if part[1] or part[0][0] not in STOP_WORDS]
    asked_for = telling or parts
    known = [part for part in asked_for if part[1] or lexicon.knows(part[0][0])]
    return Plan(
        units=_once(_unit([part, *others], lexicon) for part, others in known),
        exact=_once(tuple(map(stem, phrase)) for phrase in query.phrases),
        mended=tuple(mended.items()),
        also=_once(" ".join(other) for _, others in known for other in others),
        missing=_once(part[0][0] for part in asked_for if part not in known),
    )


def _parts(asked, groups):
    """``asked`` cut into single words and members of ``groups``; each with what means the same."""
    stemmed = _by_stems(tuple(groups))
    longest = max(map(len, stemmed), default=1)
    at = 0
    while at < len(asked):
        for length in range(min(longest, len(asked) - at), 0, -1):
            part = tuple(asked[at : at + length])
            others = stemmed.get(tuple(map(stem, part)), ())
            if others or length == 1:
                yield part, others
                at += length
                break


@lru_cache(maxsize=10)
def _by_stems(groups):
    """What means the same as each member of ``groups``; a member may stand in several."""
    stemmed: defaultdict[Phrase, list[Phrase]] = defaultdict(list)
    for group in groups:
        for member in group:
            others = [other for other in group if other != member]
            stemmed[tuple(map(stem, member))] += others
    return stemmed


def _unit(phrases, lexicon):
    stems = [tuple(map(stem, phrase)) for phrase in phrases]
    documents = max(lexicon.documents.get(each, 0) for each in stems[0])
    return Unit(_once(stems), 1 / log2(2 + documents))


def _once(values):
    return tuple(dict.fromkeys(values))
