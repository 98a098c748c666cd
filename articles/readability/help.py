"""Help to write plainly, never a rule: the grade, long sentences, and hard words with plainer ones."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from articles.draft_text import DraftText
from articles.models import PlainWord
from articles.readability.grade import WORD, grade, sentences, words
from articles.readability.inflections import forms

GOAL = 6  # the grade to aim for
LONGEST = 15  # words in a sentence


@dataclass
class Piece:
    """A stretch of a sentence; ``plainer`` is what to say instead of a hard one."""

    text: str
    plainer: str = ""


@dataclass
class Sentence:
    pieces: list[Piece]
    length: int

    @property
    def is_long(self):
        return self.length > LONGEST

    @property
    def hard(self):
        return [piece for piece in self.pieces if piece.plainer]


@dataclass
class Passage:
    """What one field says, sentence by sentence."""

    row: Any
    field: str
    sentences: list[Sentence]


class WordList:
    """The staff's hard words with their inflections, to be found in a sentence."""

    def __init__(self, rows):
        self.plainer: dict[tuple[str, ...], str] = {}
        for row in rows:
            for phrase in forms(words(row.word.lower())):
                self.plainer.setdefault(phrase, row.plainer)
        self.longest = max((len(phrase) for phrase in self.plainer), default=0)

    def pieces(self, sentence):
        """``sentence`` cut where a hard word or phrase begins or ends; joined, the pieces give it back."""
        found = list(WORD.finditer(sentence))
        pieces, position, number = [], 0, 0
        while number < len(found):
            length = self._length_at(found, number)
            if length:
                start, end = found[number].start(), found[number + length - 1].end()
                hard = sentence[start:end]
                pieces.append(Piece(sentence[position:start]))
                pieces.append(Piece(hard, self.plainer[_key(found, number, length)]))
                position = end
            number += length or 1
        return [*pieces, Piece(sentence[position:])]

    def _length_at(self, found, number):
        """How many words the longest hard phrase has that starts here; 0 for none."""
        for length in range(min(self.longest, len(found) - number), 0, -1):
            if _key(found, number, length) in self.plainer:
                return length
        return 0


def _key(found, number, length):
    return tuple(match[0].lower() for match in found[number : number + length])


@dataclass
class ReadingHelp:
    draft: DraftText

    @cached_property
    def passages(self):
        hard = WordList(PlainWord.objects.all())
        return [
            Passage(row, field, [_sentence(said, hard) for said in sentences(text)])
            for row, field, text in self.draft.said()
        ]

    @cached_property
    def grade(self):
        """The grade of the whole, to one decimal."""
        said = "\n".join(text for _, _, text in self.draft.said())
        return max(0.0, round(grade(said), 1))

    @property
    def is_easy(self):
        return self.grade <= GOAL

    @property
    def long_sentences(self):
        return sum(sentence.is_long for sentence in self._sentences())

    @property
    def hard_words(self):
        return sum(len(sentence.hard) for sentence in self._sentences())

    def _sentences(self):
        return (each for passage in self.passages for each in passage.sentences)


def _sentence(said, hard):
    return Sentence(hard.pieces(said), len(words(said)))
