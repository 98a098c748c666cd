from dataclasses import dataclass
from typing import Any

ERROR = "error"
ADVICE = "advice"


@dataclass(frozen=True)
class Finding:
    """One thing to mend (``ERROR`` stops publishing) or to look at (``ADVICE``).

    ``row`` is the article, the block or the reference that it is about, and ``field`` the field of it, or the
    name of the list that lacks an entry. ``url`` leads elsewhere, when it is mended on another page.
    """

    level: str
    text: str
    row: Any = None
    field: str = ""
    url: str = ""

    @property
    def is_error(self):
        return self.level == ERROR


def error(text, row=None, field="", *, url=""):
    return Finding(ERROR, text, row, field, url)


def advice(text, row=None, field="", *, url=""):
    return Finding(ADVICE, text, row, field, url)
