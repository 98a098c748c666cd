"""The public holidays on which a clinic may want to close."""

from datetime import date, timedelta
from typing import NamedTuple

from django.utils import timezone
from holidays import country_holidays

from bookings.models import Booking, Closure
from kneecare.clinic.models import Clinic


class Holiday(NamedTuple):
    day: date
    name: str
    is_closed: bool
    calls: int  # booked that day


def coming_holidays() -> list[Holiday]:
    """The federal holidays of the United States in the twelve months from today, with the days on which they are observed."""
    zone = Clinic.objects.current().zone
    first = timezone.localdate(timezone=zone)
    last = first + timedelta(days=365)
    closures = list(Closure.objects.of_the_clinic().filter(last_day__gte=first))
    booked = [
        start.astimezone(zone).date()
        for start in Booking.objects.active()
        .filter(slot__starts_at__gt=timezone.now())
        .values_list("slot__starts_at", flat=True)
    ]
    return [
        Holiday(
            day,
            name,
            is_closed=any(closure.covers(day) for closure in closures),
            calls=booked.count(day),
        )
        for day, name in sorted(
            country_holidays("US", years=[first.year, last.year]).items()
        )
        if first <= day <= last
    ]


def close(days) -> list[Closure]:
    """Close on each of ``days`` that is a holiday to come and not closed yet."""
    return [
        Closure.objects.create(
            first_day=holiday.day, last_day=holiday.day, reason=holiday.name[:80]
        )
        for holiday in coming_holidays()
        if holiday.day in days and not holiday.is_closed
    ]
