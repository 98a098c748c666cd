"""What a visitor wrote, and the keys to it, stay out of the log."""

import logging
import re
import traceback
from typing import Any

# A key is long; what is short is a file's name in a traceback.
PRIVATE_PATH = re.compile(r"(/(?:bookings|calls|handouts|preview)/)[\w.=:-]{16,}")
# What somebody searched for, or put into a form that is sent by GET.
QUERY = re.compile(r"(/[^\s?]*\?)\S+")


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
        line = PRIVATE_PATH.sub(r"\1…", super().format(record))
        return QUERY.sub(r"\1…", line)

    def formatException(self, ei: Any) -> str:  # noqa: N802 - the name is logging's
        kind, _, trace = ei
        frames = "".join(traceback.format_tb(trace))
        return f"{frames}{kind.__module__}.{kind.__qualname__}"
