"""One id for all that is logged of a request, and for what the proxy before the site logs of it."""

import re
import uuid
from contextvars import ContextVar

SHAPE = re.compile(r"[A-Za-z0-9_.-]{1,64}")
_current: ContextVar[str] = ContextVar("request_id", default="")


def begin(given: str = "") -> None:
    """Take the id that a proxy gave, or make one where it gave none that could be logged."""
    _current.set(given if SHAPE.fullmatch(given) else uuid.uuid4().hex)


def current() -> str:
    """The id, or "" outside of a request."""
    return _current.get()
