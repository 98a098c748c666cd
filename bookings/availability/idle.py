"""Hours that make no time to book, which whoever typed them can hardly have meant."""

from datetime import timedelta

from django.utils import timezone

from bookings.availability.slots import duration
from bookings.models import CallSettings, ExtraHours, WeeklyHours
from bookings.models.availability import Hours

TOO_SHORT = "{} of {}: no call of {} minutes fits into these hours"
SAME = "{} of {}: these extra hours are the weekly ones of that day, and add nothing"


def idle_hours() -> list[str]:
    """Those that are too short for a call, and extra hours that are the weekly ones, each in words."""
    weekly = WeeklyHours.objects.of_shown_clinicians().select_related("clinician")
    extra = ExtraHours.objects.of_shown_clinicians().select_related("clinician")
    coming = list(extra.filter(day__gte=timezone.localdate()))
    length = CallSettings.objects.current().length
    minutes = length // timedelta(minutes=1)
    short = [each for each in [*weekly, *coming] if duration(each) < length]
    known = {_key(each, each.weekday) for each in weekly}
    same = [each for each in coming if _key(each, each.day.weekday()) in known]
    return [
        *(TOO_SHORT.format(each, each.clinician, minutes) for each in short),
        *(SAME.format(each, each.clinician) for each in same),
    ]


def _key(hours: Hours, weekday: int) -> tuple[object, ...]:
    return hours.clinician_id, weekday, hours.starts, hours.ends
