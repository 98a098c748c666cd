"""What of a text our letters can draw. PDF/UA refuses a text with a single letter that they lack."""

import re
import unicodedata

# Libertinus Serif, which typst brings along, draws all of these; a test draws each of them.
DRAWN = (
    "\n\x20-\x7e\xa1-\xac\xae-\u024f"  # Latin
    "\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u03ff\u0400-\u0482\u048a-\u04ff\u05d0-\u05ea\u1e00-\u1eff"  # Greek, Cyrillic, Hebrew; Latin of Vietnam
    "\u2010-\u2015\u2018-\u2022\u2026\u2030\u2032\u2033\u2039\u203a\u2044"  # dashes, quotes, bullet
    "\u20a0-\u20bf\u2116\u2122\u2153-\u215e\u2190-\u2193\u2212\u2248\u2260\u2264\u2265\u25a1"
)
NOT_DRAWN = re.compile(f"[^{DRAWN}]")
STAND_IN = "\N{WHITE SQUARE}"
# A longer word may be broken after each so many letters, where a narrow column cannot hold it.
LONGEST_WORD = 16
LONG_WORD = re.compile(rf"\S{{{LONGEST_WORD}}}(?=\S)")
MAY_BREAK = "\N{ZERO WIDTH SPACE}"


def drawable(text):
    """``text`` in letters that can be drawn: signs and marks that cannot are left out, a letter becomes an empty square."""
    return NOT_DRAWN.sub(_instead, unicodedata.normalize("NFC", text))


def breakable(text):
    """``text`` with a place to break in words that no line can hold."""
    return LONG_WORD.sub(rf"\g<0>{MAY_BREAK}", text)


def _instead(match):
    kind = unicodedata.category(match[0])
    if kind.startswith("Z") or match[0] in "\t\r\f\v":
        return " "
    return STAND_IN if kind[0] in "LN" else ""
