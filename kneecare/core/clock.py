"""The clinic's clock on the pages of the admin. Its zone is read as the clinic's app says: the floor knows no clinic."""

from collections.abc import Callable
from datetime import datetime, tzinfo
from functools import wraps
from typing import Any, TypeVar

from django.utils import timezone
from django.utils.dateformat import format as format_date

Reader = TypeVar("Reader", bound=Callable[[], tzinfo])
_read_zone: Callable[[], tzinfo] = timezone.get_default_timezone


def reads_clinic_zone(function: Reader) -> Reader:
    """Register how the clinic's time zone is read."""
    global _read_zone
    _read_zone = function
    return function


def clinic_zone() -> tzinfo:
    return _read_zone()


def on_clinic_clock(view: Callable[..., Any]) -> Callable[..., Any]:
    """Have all times of a page of staff in the clinic's zone."""

    @wraps(view)
    def zoned(*args: Any, **kwargs: Any) -> Any:
        return answer_on_clock(clinic_zone(), view, *args, **kwargs)

    return zoned


def answer_on_clock(
    zone: tzinfo, view: Callable[..., Any], *args: Any, **kwargs: Any
) -> Any:
    """The answer of ``view``, rendered while all times are in ``zone``."""
    with timezone.override(zone):
        response = view(*args, **kwargs)
        return response.render() if hasattr(response, "render") else response


def moment_words(moment: datetime) -> str:
    """Such as "Tuesday, November 24, 2026 at 9:00 AM MST", on the clock that holds now."""
    return format_date(timezone.localtime(moment), "l, F j, Y \\a\\t g:i A T")
