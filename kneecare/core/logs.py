"""What a visitor wrote, and the keys to it, stay out of the log."""

import logging
import re
import traceback

PRIVATE_ADDRESS = re.compile(r"(/(?:bookings|handouts)/)[^/\s\"']+")


class HidePrivateAddresses(logging.Filter):
    """Cut the key out of a private page's address."""

    def filter(self, record):
        record.msg = PRIVATE_ADDRESS.sub(r"\1…", record.getMessage())
        record.args = ()
        return True


class PrivateFormatter(logging.Formatter):
    """An exception is logged as its type and where it rose.

    Its message may quote the row or the form that failed (PostgreSQL's DETAIL does), and so a patient.
    """

    def __init__(self):
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def formatException(self, ei):  # noqa: N802 - the name is logging's
        kind, _, trace = ei
        frames = "".join(traceback.format_tb(trace))
        return f"{frames}{kind.__module__}.{kind.__qualname__}"
