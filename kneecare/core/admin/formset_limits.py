"""How many rows a form may say that it has: asked before the first of them is built."""

import re
from collections import Counter
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import BadRequest
from django.forms import IntegerField

MOST_ROWS = 400  # in all form sets of a page
# Rows that an account may see and not change are counted by the page, and send nothing.
UNSENT_ROWS = 50
A_ROW = re.compile(r"^(.+)-(\d{1,9})-[^-]+$")
COUNT = re.compile(r"^(.+)-(?:TOTAL|INITIAL)_FORMS$")


def with_bounded_formsets(view: Callable[..., Any]) -> Callable[..., Any]:
    """Refuse, as a bad request, a form that says it has more rows than it sends."""

    @wraps(view)
    def bounded(request: Any, *args: Any, **kwargs: Any) -> Any:
        if request.method == "POST":
            _check(request.POST)
        return view(request, *args, **kwargs)

    return bounded


def _check(posted: Any) -> None:
    rows = {match.groups() for name in posted if (match := A_ROW.match(name))}
    sent = Counter(prefix for prefix, _ in rows)
    said: Counter[str] = Counter()
    for name in posted:
        if match := COUNT.match(name):
            # What is no number is for the form set to tell.
            count = max(map(_number, posted.getlist(name)))
            said[match[1]] = max(said[match[1]], count)
    too_many = [prefix for prefix in said if said[prefix] > sent[prefix] + UNSENT_ROWS]
    if too_many or said.total() > MOST_ROWS:
        raise BadRequest("A form says that it has more rows than it can.")


def _number(text: str) -> int:
    """The number that Django's own field reads in ``text``; 0 where it reads none, and says so."""
    try:
        return int(IntegerField.re_decimal.sub("", text))
    except ValueError:
        return 0
