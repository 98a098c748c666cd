"""When clinicians are busy elsewhere, as their other calendars say, by the day of a week."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bookings import clock
from bookings.models import BusyTime

DAY = timedelta(days=1)


@dataclass(frozen=True, order=True)
class Busy:
    """A part of one day, on the clinic's clock."""

    starts: datetime
    ends: datetime
    clinician: str

    @property
    def words(self) -> str:
        midnight = datetime.combine(self.starts.date() + DAY, time(), self.ends.tzinfo)
        if self.starts.time() == time() and self.ends == midnight:
            return "all day"
        zone = self.ends.tzinfo
        until = (
            "midnight" if self.ends == midnight else clock.time_words(self.ends, zone)
        )
        return f"{clock.time_words(self.starts, zone)} to {until}"


def busy_by_day(dates: list[date], zone) -> dict[date, list[Busy]]:
    """What several calendars of one clinician say of the same stretch stands once."""
    begins = datetime.combine(dates[0], time(), zone)
    ends = datetime.combine(dates[-1] + DAY, time(), zone)
    rows = BusyTime.objects.of_pending_calendars().filter(
        starts_at__lt=ends, ends_at__gt=begins
    )
    found: dict[date, set[Busy]] = {day: set() for day in dates}
    for row in rows.select_related("calendar__clinician"):
        who = row.calendar.clinician.name
        for part in _parts(
            row.starts_at.astimezone(zone), row.ends_at.astimezone(zone)
        ):
            if part[0].date() in found:
                found[part[0].date()].add(Busy(*part, who))
    return {day: sorted(some) for day, some in found.items()}


def _parts(starts: datetime, ends: datetime) -> Iterator[tuple[datetime, datetime]]:
    """A stretch, cut at each midnight of the clinic."""
    while starts < ends:
        midnight = datetime.combine(starts.date() + DAY, time(), starts.tzinfo)
        yield starts, min(midnight, ends)
        starts = midnight
