"""What of a text our letters can draw, on paper and in the pictures for shared links.

PDF/UA refuses a text with a single letter that they lack.
"""

import re
import unicodedata
from collections.abc import Iterable

# Libertinus Serif, which typst brings along, draws all of these; a test draws each of them. Among them are the letters of
# English, Spanish, O'odham, Navajo, Apache, Hopi, Yaqui, Vietnamese, Tagalog, Somali and the languages of Europe.
MARKS = "\u0300-\u036f"  # above, below and in a letter, where Unicode has no letter with them
DRAWN = (
    "\n\x20-\x7e\xa1-\xac\xae-\u024f\u0250-\u02af\u02b0-\u02e4\u02ea-\u02ff"  # Latin, and its glottal stops
    f"{MARKS}\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u03ff\u0400-\u0482\u048a-\u04ff\u05d0-\u05ea\u1e00-\u1eff"  # Greek, Cyrillic, Hebrew; Latin of Vietnam
    "\u2010-\u2015\u2018-\u2022\u2026\u2030\u2032\u2033\u2039\u203a\u2044"  # dashes, quotes, bullet
    "\u2070\u2071\u2074-\u208e\u2090-\u209c"  # raised and lowered figures
    "\u20a0-\u20bf\u2116\u2122\u2153-\u215e\u2190-\u2193\u2212\u2248\u2260\u2264\u2265\u25a1\ua78b\ua78c"
)
NOT_DRAWN = re.compile(f"([^{DRAWN}])[{MARKS}]*")
STAND_IN = "\N{WHITE SQUARE}"
# A longer word may be broken after each so many letters, where a narrow column cannot hold it.
LONGEST_WORD = 16
LONG_WORD = re.compile(rf"(?:\S[{MARKS}]*){{{LONGEST_WORD}}}(?=\S)")
MAY_BREAK = "\N{ZERO WIDTH SPACE}"


def drawable(text: str, *, stand_in: str = STAND_IN) -> str:
    """``text`` in letters that can be drawn: signs and marks that cannot are left out, ``stand_in`` is there for a letter."""

    def instead(match: re.Match[str]) -> str:
        if _is_blank(match[1]):
            return " "
        return stand_in if _is_letter(match[1]) else ""

    return NOT_DRAWN.sub(instead, unicodedata.normalize("NFC", text))


def not_drawn(texts: Iterable[str]) -> list[str]:
    """The letters and signs of ``texts`` that are missing where they are drawn, each once, in their order."""
    found = (
        match[1]
        for text in texts
        for match in NOT_DRAWN.finditer(unicodedata.normalize("NFC", text))
    )
    return [
        each
        for each in dict.fromkeys(found)
        if not _is_blank(each) and unicodedata.category(each)[0] in "LNSPM"
    ]


def breakable(text: str) -> str:
    """``text`` with a place to break in words that no line can hold."""
    return LONG_WORD.sub(rf"\g<0>{MAY_BREAK}", text)


def _is_blank(letter: str) -> bool:
    return unicodedata.category(letter).startswith("Z") or letter in "\t\r\f\v"


def _is_letter(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "LN"
