"""What a visitor wrote, and the keys to it, stay out of the log."""

import logging
import re
import traceback
from typing import Any

# A key is known by its shape, wherever it stands: clients mangle URLs, and a new private page needs no line here.
PART = re.compile(r"(?<=/)[\w.=~%:-]{16,}")
# What somebody searched for, or put into a form that is sent by GET.
QUERY = re.compile(r"(?<=\?)\S+")
LONGEST_WORD = 20  # letters in a row in a slug or in the name of a file


def _masked(part: re.Match[str]) -> str:
    """A slug and a file's name are words in small letters; what is random is not."""
    text = part[0]
    is_random = any(c.isdigit() or c.isupper() for c in text)
    longest = max(map(len, re.split(r"[\W_]+", text)))
    return "…" if is_random or longest > LONGEST_WORD else text


def holds_key(path: str) -> bool:
    return any(_masked(part) == "…" for part in PART.finditer(path))


class PrivateFormatter(logging.Formatter):
    """Cuts the key out of a private page's URL, and the message out of an exception.

    An exception's message may quote the row or the form that failed (PostgreSQL's DETAIL does), and so a
    patient: it is logged as its type and where it rose.
    """

    def __init__(
        self, fmt: str = "%(asctime)s %(levelname)s %(name)s: %(message)s"
    ) -> None:
        super().__init__(fmt)

    def format(self, record: logging.LogRecord) -> str:
        # A text that another formatter left on the record would hold the message.
        record.exc_text = None
        return PART.sub(_masked, QUERY.sub("…", super().format(record)))

    def formatException(self, ei: Any) -> str:  # noqa: N802 - the name is logging's
        kind, _, trace = ei
        frames = "".join(traceback.format_tb(trace))
        return f"{frames}{kind.__module__}.{kind.__qualname__}"
