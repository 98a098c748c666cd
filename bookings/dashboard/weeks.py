"""This week and the eleven before it, by the clinic's clock."""

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.db.models import Case, IntegerField, Value, When
from django.utils import timezone

WEEKS = 12


class WeekStart(NamedTuple):
    monday: date
    starts: datetime


def last_weeks(zone) -> list[WeekStart]:
    today = timezone.localdate(timezone=zone)
    this_monday = today - timedelta(days=today.weekday())
    mondays = [this_monday - timedelta(weeks=n) for n in reversed(range(WEEKS))]
    return [WeekStart(day, datetime.combine(day, time(), zone)) for day in mondays]


def week_number(weeks: list[WeekStart]) -> Case:
    """Which of ``weeks`` a request came in.

    Weeks are told apart by comparing moments, which an index and both databases do fast, and which is right when
    the clock changes.
    """
    return Case(
        *[
            When(created_at__gte=week.starts, then=Value(number))
            for number, week in reversed(list(enumerate(weeks)))
        ],
        output_field=IntegerField(),
    )
