"""What a word is, and which words count as one: the same for what is indexed and for what is asked, on every database."""

import re
import unicodedata
from functools import lru_cache

import snowballstemmer

MAX_WORDS = 16_000  # of one field: PostgreSQL numbers the words of a text up to 16,383
MAX_LENGTH = 40  # characters of one word
WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
APOSTROPHES = str.maketrans("", "", "'\u2019")
# Letters that are no letter with an accent to Unicode, and are to whoever has no key for them.
LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "\u0131": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)  # fmt: skip
_stemmer = snowballstemmer.stemmer("english")


def words(text):
    """The words of ``text`` in order, each in lower case and without accents or apostrophes."""
    return [plain(word) for word in WORD.findall(text)[:MAX_WORDS]]


@lru_cache(maxsize=200_000)
def plain(word):
    word = word.translate(APOSTROPHES)
    if not word.isascii():
        parts = unicodedata.normalize("NFKD", word.casefold())
        word = "".join(c for c in parts if not unicodedata.combining(c))
        word = word.translate(LETTERS)
    return word.lower()[:MAX_LENGTH]


@lru_cache(maxsize=200_000)
def stem(word):
    """The stem of a plain word as a token that every database takes for one word: ASCII, and a letter first.

    A word in another script is spelled in hexadecimal digits, a number gets a letter: no tokenizer then has an
    opinion on it, and no stem can be an operator.
    """
    if not word.isascii() or not word.isalnum():
        return f"zx{word.encode().hex()[: 2 * MAX_LENGTH]}"
    return _stemmer.stemWord(word) if word[0].isalpha() else f"n{word}"


def stems(text):
    return [stem(word) for word in words(text)]


# Too common to look for, unless nothing else is asked.
STOP_WORDS = frozenset(
    words("""a about after all also am an and any are as at be because been but by can could did do does doing done for from
    get go going had has have how i if im in into is it its ive just like m make me more my myself no not of on or our
    out s should so some still t than that the their them then there these they this to too up us very was we were what
    when where which while who why will with would you your""")
)
