"""What the index knows of the words of a query, read in one statement: how common, what is nearly it, what means the same."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path

from django.db import connection
from rapidfuzz.distance import OSA

from kneecare.core.text.html import split_lines
from kneecare.search.words import STOP_WORDS, stem, words

SHORTEST = 3
MOST_SLIPS = 3
SHORT = 4  # letters: a word that is as long and has one letter less or another is another word, not a slip
LONGEST_ABBREVIATION = 5
MEDICAL = frozenset(
    stem(word)
    for line in Path(__file__)
    .with_name("medical_words.txt")
    .read_text(encoding="utf-8")
    .splitlines()
    if not line.startswith("#")
    for word in line.split()
)
VOWELS = re.compile(r"[aeiouy]+")
DOUBLED = re.compile(r"(.)\1+")

# Words of the query; words nearly like those of them that no document has; every group of synonyms.
SQL = """
SELECT 'known', stem, CAST(SUM(documents) AS integer) FROM search_word WHERE stem IN ({stems}) GROUP BY stem
UNION ALL
SELECT DISTINCT 'near ' || probe.column1, near.word, near.documents
FROM (VALUES {probes}) AS probe
JOIN search_spelling spelling ON spelling.key = probe.column3
JOIN search_word near ON near.word = spelling.word
WHERE NOT EXISTS (SELECT 1 FROM search_word known WHERE known.stem = probe.column2)
UNION ALL
SELECT 'same', words, 0 FROM search_synonymgroup
"""


@dataclass
class Lexicon:
    documents: dict[str, int] = field(default_factory=dict)  # by stem
    near: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    groups: list[tuple[tuple[str, ...], ...]] = field(default_factory=list)

    def knows(self, word):
        return stem(word) in self.documents or word in self._synonyms

    def meant(self, word):
        """The known word that ``word`` was to be, or ``None`` if it is known itself, may be right, or is like no other.

        Whoever asks for gout must not be answered about something else: what may be a medical word is left alone.
        """
        if self.knows(word) or word in STOP_WORDS or not is_spelled(word):
            return None
        if is_medical(word):
            return None
        same = {other: 0 for other in self._synonyms if is_spelled(other)}
        return nearest(word, {**same, **self.near[word]})

    @cached_property
    def _synonyms(self):
        return {
            word for group in self.groups for member in group for word in member
        } - STOP_WORDS


def read(asked):
    """What there is to know of the plain words ``asked``; one query."""
    telling = sorted(set(asked) - STOP_WORDS) or sorted(set(asked))
    probes = [
        (word, stem(word), key) for word in telling for key in sorted(_keys(word))
    ]
    sql = SQL.format(
        stems=", ".join(["%s"] * len(telling)),
        probes=", ".join(["(%s, %s, %s)"] * len(probes)),
    )
    found = Lexicon()
    with connection.cursor() as cursor:
        cursor.execute(sql, [*map(stem, telling), *(v for row in probes for v in row)])
        for kind, text, documents in cursor.fetchall():
            _take(found, kind, text, documents)
    return found


def _keys(word):
    # At least one, as SQL has no empty list of values.
    return spelling_keys(word) or {""}


def _take(found, kind, text, documents):
    if kind == "known":
        found.documents[text] = documents
    elif kind == "same":
        found.groups.append(members(text))
    else:
        found.near[kind.removeprefix("near ")][text] = documents
        found.documents.setdefault(stem(text), documents)


def is_medical(word):
    """Whether ``word`` is a medical word or an abbreviation, or may be one: few letters without a vowel are."""
    return stem(word) in MEDICAL or (
        len(word) <= LONGEST_ABBREVIATION and not VOWELS.search(word)
    )


@lru_cache(maxsize=1000)
def members(text):
    """The lines of a synonym group, each as its plain words."""
    return tuple(tuple(words(line)) for line in split_lines(text))


def spelling_keys(word):
    """Keys under which ``word`` is kept and looked for; two words with a slip between them share one.

    The word with one letter left out, whichever: that finds a letter too many, too few, wrong or swapped. And
    the same of its consonants: that forgives vowels, however many are wrong ("tendonitus").
    """
    if not is_spelled(word):
        return set()
    return {word, *_shorter(word)} | {f"~{key}" for key in _sounds(word)}


def is_spelled(word):
    """Whether it makes sense to look for a slip in ``word``: no number, no other script, long enough."""
    return len(word) >= SHORTEST and word.isascii() and word.isalpha()


def _shorter(word):
    return {word[:i] + word[i + 1 :] for i in range(len(word))}


def _sounds(word):
    """The consonants as they sound, and with one left out where enough stay."""
    bones = skeleton(word)
    if len(bones) < SHORTEST:
        return set()
    return {bones, *(_shorter(bones) if len(bones) > SHORTEST else ())}


@lru_cache(maxsize=50_000)
def skeleton(word):
    sound = word.replace("ph", "f").replace("ck", "k").replace("c", "k")
    sound = sound.replace("z", "s").replace("sh", "s")
    return DOUBLED.sub(r"\1", word[0] + VOWELS.sub("", sound[1:]))


def nearest(word, candidates):
    """The one of ``candidates``, ``{word: number of documents}``, that ``word`` was to be, or ``None``."""
    ranked = []
    for other, documents in candidates.items():
        if len(word) <= SHORT and not _is_slip_of_a_short_word(word, other):
            continue
        slips = OSA.distance(word, other, score_cutoff=MOST_SLIPS)
        if slips <= MOST_SLIPS:
            sounds_alike = skeleton(word) == skeleton(other)
            if slips <= _forgiven(word) + sounds_alike:
                ranked.append((slips, not sounds_alike, -documents, other))
    return min(ranked)[-1] if ranked else None


def _is_slip_of_a_short_word(word, other):
    """Whether a letter of ``other`` is missing, or two letters are swapped or doubled: nothing else is near enough."""
    if len(other) == len(word):
        return sorted(other) == sorted(word)
    if DOUBLED.sub(r"\1", word) == DOUBLED.sub(r"\1", other):
        return True
    return len(other) > len(word) and any(word == each for each in _shorter(other))


def _forgiven(word):
    """How many slips to forgive in a word of this length; one more where only vowels and doubled letters are wrong."""
    return 1 if len(word) < 9 else 2
