"""Characters that XML 1.0 forbids: with one of them, a feed, a sitemap, a drawing or a Word file cannot be read at all.

Programs leave them in what people copy (PowerPoint's line break is U+000B); nobody types them.
"""

import json
import re
import unicodedata
from typing import Any

# Everything but https://www.w3.org/TR/xml/#charsets. NUL is one of them; forms refuse it before this, in Django's words.
FORBIDDEN = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
PARTS_WORDS = "\x0b\x0c"
# Letters and signs, as Unicode has it, that show nothing.
BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")


def printable(value: Any) -> Any:
    """``value`` without forbidden characters in any of its texts, however deep; what parts words becomes a space."""
    if isinstance(value, str):
        return FORBIDDEN.sub(_instead, value)
    if isinstance(value, dict):
        return {printable(key): printable(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(map(printable, value))
    return value


def visible(text: str) -> str:
    """``text``, or nothing when there is nothing in it to see."""
    return text if any(map(_is_visible, text)) else ""


def _is_visible(character: str) -> bool:
    hidden = unicodedata.category(character)[0] in "CZ" or character in BLANK
    return not (hidden or unicodedata.name(character, "").startswith("VARIATION"))


def _instead(found: re.Match[str]) -> str:
    return " " if found[0] in PARTS_WORDS else ""


class PrintableDecoder(json.JSONDecoder):
    """For JSON that a person typed: it can spell a forbidden character out, as in ``"\\u000b"``.

    What is nested too deeply, or holds a number of thousands of digits, is no JSON either, and said to be none.
    """

    def decode(self, s: str, *args: Any, **kwargs: Any) -> Any:
        try:
            return printable(super().decode(s, *args, **kwargs))
        except json.JSONDecodeError:
            raise
        except (RecursionError, ValueError) as error:
            raise json.JSONDecodeError(str(error), "", 0) from error
