"""A week of call times at a glance: free, taken and blocked, and when clinicians are busy elsewhere."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Prefetch
from django.shortcuts import render
from django.utils import timezone

from bookings import clock
from bookings.admin.day_sheet import read_day
from bookings.admin.front_desk.week_busy import Busy, busy_by_day
from bookings.models import Booking, Closure, Slot
from bookings.models.slot import OF_THE_HOURS
from kneecare.clinic.models import Clinic

DAYS = 7
STATES = {Slot.State.OPEN: "free", Slot.State.HELD: "held"}


@dataclass(frozen=True)
class Entry:
    """One call time, in words."""

    at: str
    clinician: str  # where there are several
    booking: Booking | None
    state: str  # free, taken, held or blocked


@dataclass(frozen=True)
class Day:
    day: date
    entries: list[Entry]
    closures: list[Closure]
    busy: list[Busy]


def week_view(request, context):
    """``context``: what every page of the admin is given."""
    zone = Clinic.objects.current_zone()
    today = timezone.localdate(timezone=zone)
    day = read_day(request.GET.get("date"), today)
    monday = _monday(day or today)
    page = {
        "title": f"The week of {clock.day_words(monday)}, {monday.year}",
        "no_such_day": day is None,
        "days": _days(monday, zone),
        "today": today,
        "monday": monday,
        "previous": monday - timedelta(days=DAYS),
        "next": monday + timedelta(days=DAYS),
        "zone": zone,
        "is_nav_sidebar_enabled": False,  # the seven columns need the room
    }
    status = 400 if day is None else 200
    return render(
        request, "bookings/admin/week_view.html", {**context, **page}, status=status
    )


def _monday(day):
    return day - timedelta(days=day.weekday())


def _days(monday, zone):
    dates = [monday + timedelta(days=n) for n in range(DAYS)]
    entries: dict[date, list[Entry]] = {day: [] for day in dates}
    slots = _slots(dates, zone)
    several = len({slot.clinician_id for slot in slots}) > 1
    for slot in slots:
        who = slot.clinician.name if several else ""
        entries[slot.starts_at.astimezone(zone).date()].append(_entry(slot, zone, who))
    closures = list(
        Closure.objects.select_related("clinician").filter(
            first_day__lte=dates[-1], last_day__gte=dates[0]
        )
    )
    busy = busy_by_day(dates, zone)
    return [
        Day(
            day,
            entries[day],
            [each for each in closures if each.covers(day)],
            busy[day],
        )
        for day in dates
    ]


def _slots(dates, zone):
    begins = datetime.combine(dates[0], time(), zone)
    ends = datetime.combine(dates[-1] + timedelta(days=1), time(), zone)
    held = Prefetch("bookings", queryset=Booking.objects.standing(), to_attr="standing")
    slots = Slot.objects.filter(starts_at__gte=begins, starts_at__lt=ends)
    shown = slots.select_related("clinician").prefetch_related(held)
    return [slot for slot in shown if slot.standing or _is_on_the_grid(slot)]


def _is_on_the_grid(slot):
    return slot.clinician.is_shown and slot.state in OF_THE_HOURS


def _entry(slot, zone, clinician):
    booking = slot.standing[0] if slot.standing else None
    state = "taken" if booking else STATES.get(slot.state, "blocked")
    at = clock.time_words(slot.starts_at, zone)
    return Entry(at, clinician, booking, state)
