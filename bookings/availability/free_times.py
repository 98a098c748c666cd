"""The free times, as the booking page lists them."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import groupby
from zoneinfo import ZoneInfo

from django.utils import timezone

from bookings import clock
from bookings.models import CallSettings, Slot
from kneecare.core.identifiers import parse_day

MOST_DAYS = 7
MOST_TIMES = 200
NEAREST = 3
FURTHEST = timedelta(days=400)


def read_first_day(text: str | None, zone: ZoneInfo) -> date | None:
    """The day to list times from that a URL names, brought near enough to today; None where there is no such day."""
    day = parse_day(text)
    if day is None:
        return None
    today = timezone.localdate(timezone=zone)
    return min(max(day, today), today + FURTHEST)


@dataclass(frozen=True)
class TimeLabel:
    """What stands on the button of one free time."""

    words: str
    starts_at: datetime

    def __str__(self):
        return self.words


@dataclass
class FreeTimes:
    """What can be booked from ``first_day`` on.

    The times are read when they are first looked at: whoever gets the time that they chose sees no list.
    """

    rules: CallSettings
    zone: ZoneInfo
    first_day: date | None = None
    referrer: str = ""  # the page that led here, which the links to other days carry on
    leaving: int | None = None  # the key of a slot that would be given up

    @property
    def days(self) -> list[tuple[date, list[Slot]]]:
        return self._listed[0]

    @property
    def later(self) -> date | None:
        """The first day that did not fit on the page."""
        return self._listed[1]

    def read_again(self):
        """Ask the database once more, as a time was lost to somebody else."""
        vars(self).pop("_listed", None)

    @cached_property
    def _listed(self):
        slots = self._bookable()
        if self.first_day:
            midnight = datetime.combine(self.first_day, time(), self.zone)
            slots = slots.filter(starts_at__gte=midnight)
        found = list(slots[: MOST_TIMES + 1])
        days = [(day, list(group)) for day, group in groupby(found, self._day)]
        whole = len(days)
        if len(found) > MOST_TIMES and len(days) > 1:
            whole -= 1  # the last day was cut off
        shown = days[: min(whole, MOST_DAYS)]
        return shown, days[len(shown)][0] if len(days) > len(shown) else None

    def choices(self):
        """The times by day: ``[("Tuesday, November 24", [(1, 9:00 AM), …]), …]``."""
        return [
            (clock.day_words(day), [(slot.pk, self._label(slot)) for slot in slots])
            for day, slots in self.days
        ]

    def nearest_choices(self, moment):
        """The free times closest to ``moment``, each with its day."""
        nearest = [
            (slot.pk, self._label(slot, f"{clock.day_words(self._day(slot))} at "))
            for slot in self.nearest(moment)
        ]
        return [("Nearest to your choice", nearest)] if nearest else []

    def zone_help(self):
        """Whose clock the times are on."""
        if not self.days:
            return ""
        first = self.days[0][1][0].starts_at
        return f"Times are on the clinic's clock: {clock.zone_words(first, self.zone)}."

    def nearest(self, moment, *, other_than=None):
        """The free times closest to ``moment``, the earliest first, without the slot of the key ``other_than``."""
        slots = self._bookable().exclude(pk=other_than)
        around = [
            *slots.filter(starts_at__gte=moment)[:NEAREST],
            *slots.filter(starts_at__lt=moment).reverse()[:NEAREST],
        ]
        around.sort(key=lambda slot: abs(slot.starts_at - moment))
        return sorted(around[:NEAREST], key=lambda slot: slot.starts_at)

    def _bookable(self):
        return self._slots().select_related("clinician")

    def _slots(self):
        return Slot.objects.bookable(self.rules, self.zone, leaving=self.leaving)

    def _day(self, slot):
        return slot.starts_at.astimezone(self.zone).date()

    def _label(self, slot, day=""):
        words = day + clock.time_words(slot.starts_at, self.zone)
        several = len({s.clinician_id for _, slots in self.days for s in slots}) > 1
        who = f", {slot.clinician.name}" if several else ""
        return TimeLabel(words + who, slot.starts_at)


class StaffFreeTimes(FreeTimes):
    """The times that staff may give away: neither notice nor horizon nor a full day binds them."""

    def _slots(self):
        return Slot.objects.assignable()
