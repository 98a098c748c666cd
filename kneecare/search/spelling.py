"""Words that are nearly right: how they are found fast, and which of them is meant."""

import re
from functools import lru_cache

from rapidfuzz.distance import OSA

SHORTEST = 3
MOST_SLIPS = 3
VOWELS = re.compile(r"[aeiouy]+")
DOUBLED = re.compile(r"(.)\1+")


def keys(word):
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


def meant(word, candidates):
    """The one of ``candidates``, ``{word: number of documents}``, that ``word`` was to be, or ``None``."""
    ranked = []
    for other, documents in candidates.items():
        slips = OSA.distance(word, other, score_cutoff=MOST_SLIPS)
        if slips <= MOST_SLIPS:
            sounds_alike = skeleton(word) == skeleton(other)
            if slips <= _forgiven(word) + sounds_alike:
                ranked.append((slips, not sounds_alike, -documents, other))
    return min(ranked)[-1] if ranked else None


def _forgiven(word):
    """How many slips to forgive in a word of this length; one more where only vowels and doubled letters are wrong."""
    return 1 if len(word) < 9 else 2
