"""How many rows a form may hold, asked before the first of them is built."""

import re
from collections import Counter
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.forms import IntegerField

from kneecare.core.admin.refused import refused

MOST_ROWS = 400  # in all form sets of a page
# Rows that an account may see and not change are counted by the page, and send nothing.
UNSENT_ROWS = 50
A_ROW = re.compile(r"^(.+)-(\d{1,9})-[^-]+$")
COUNT = re.compile(r"^(.+)-(?:TOTAL|INITIAL)_FORMS$")
TOO_MANY = "This form has too many rows"
FEWER = (
    f"A form holds {MOST_ROWS} rows or blocks at the most, all kinds together. This one has {{}}. "
    "Put the rest into another one, or join some of them."
)


def with_bounded_formsets(view: Callable[..., Any]) -> Callable[..., Any]:
    """Refuse a form that has too many rows, or says that it has more than it sends."""

    @wraps(view)
    def bounded(request: Any, *args: Any, **kwargs: Any) -> Any:
        rows = _rows_too_many(request.POST)
        if request.method == "POST" and rows:
            return refused(request, TOO_MANY, FEWER.format(f"{rows:,}"))
        return view(request, *args, **kwargs)

    return bounded


def _rows_too_many(posted: Any) -> int:
    """How many rows the form has, or says that it has, where that is too many; else 0."""
    rows = {match.groups() for name in posted if (match := A_ROW.match(name))}
    sent = Counter(prefix for prefix, _ in rows)
    said: Counter[str] = Counter()
    for name in posted:
        if match := COUNT.match(name):
            # What is no number is for the form set to tell.
            count = max(map(_number, posted.getlist(name)))
            said[match[1]] = max(said[match[1]], count)
    too_many = [prefix for prefix in said if said[prefix] > sent[prefix] + UNSENT_ROWS]
    return said.total() if too_many or said.total() > MOST_ROWS else 0


def _number(text: str) -> int:
    """The number that Django's own field reads in ``text``; 0 where it reads none, and says so."""
    try:
        return int(IntegerField.re_decimal.sub("", text))
    except ValueError:
        return 0
