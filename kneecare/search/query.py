"""What a visitor asks for, out of whatever was typed."""

import re
from dataclasses import dataclass

from kneecare.search.words import words

MAX_CHARACTERS = 200
MAX_WORDS = 12
MAX_PHRASES = 3
PHRASE = re.compile(r"[\"\u201c\u201d]([^\"\u201c\u201d]*)[\"\u201c\u201d]")


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
