"""What a visitor wrote, and the keys to it, stay out of the log."""

import json
import logging
import os
import re
import traceback
from datetime import UTC, datetime
from typing import Any

from kneecare.core.telemetry import request_id

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


def private(text: str) -> str:
    return PART.sub(_masked, QUERY.sub("…", text))


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
        return private(super().format(record))

    def formatException(self, ei: Any) -> str:  # noqa: N802 - the name is logging's
        kind, _, trace = ei
        frames = "".join(traceback.format_tb(trace))
        return f"{frames}{kind.__module__}.{kind.__qualname__}"


class JsonFormatter(PrivateFormatter):
    """The same as one line of JSON, with the id of the request and what the access log says of it."""

    ACCESS = ("method", "route", "status", "milliseconds")

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname,
            "logger": record.name,
            "message": private(record.getMessage()),
            "request_id": request_id.current(),
        }
        line |= {name: vars(record)[name] for name in self.ACCESS if name in vars(record)}  # fmt: skip
        if record.exc_info:
            line["error"] = private(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)


FORMATS: dict[str, type[PrivateFormatter]] = {
    "text": PrivateFormatter,
    "json": JsonFormatter,
}


def chosen_format() -> str:
    """What LOG_FORMAT asks for, also where the settings are not read: in gunicorn's master."""
    return os.environ.get("LOG_FORMAT", "").strip() or "text"
