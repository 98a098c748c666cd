"""Making the times that can be booked."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from bookings import grid
from bookings.models import CallSettings, Closure, Slot, WeeklyHours
from kneecare.clinic.models import Clinic


@transaction.atomic
def make_slots():
    """Make the times that weekly hours, closures and settings ask for, and take back those they no longer do.

    A time that somebody asked for or that staff blocked stays as it is, and no new one overlaps it. May be
    called at any time and by two workers at once: the lock on the settings lets one in after the other on
    PostgreSQL, and SQLite has one writer anyhow.
    """
    CallSettings.objects.get_or_create(pk=1)
    rules = CallSettings.objects.select_for_update().get()
    wanted = _wanted(rules, Clinic.objects.current().zone)
    _take_back(wanted)
    taken = _by_clinician(
        Slot.objects.filter(ends_at__gt=timezone.now() - rules.buffer)
    )
    new = [
        Slot(clinician_id=clinician, starts_at=start, ends_at=end)
        for clinician, spans in wanted.items()
        for start, end in grid.apart(spans, taken.get(clinician, []), rules.buffer)
    ]
    Slot.objects.bulk_create(new, ignore_conflicts=True)


def _wanted(rules, zone):
    """The spans to offer, by clinician."""
    closures = list(Closure.objects.values_list("first_day", "last_day"))
    today = timezone.localdate(timezone=zone)
    days = [today + timedelta(days=n) for n in range(rules.horizon_days + 1)]
    open_days = [
        day for day in days if not any(first <= day <= last for first, last in closures)
    ]
    wanted: dict[int, list[grid.Span]] = {}
    for hours in WeeklyHours.objects.all():
        spans = wanted.setdefault(hours.clinician_id, [])
        for day in open_days:
            if day.weekday() == hours.weekday:
                spans += _spans(day, hours, rules, zone)
    return {
        clinician: grid.apart(spans, [], rules.buffer)
        for clinician, spans in wanted.items()
    }


def _spans(day, hours, rules, zone):
    now = timezone.now()
    spans = grid.spans(
        day,
        hours.starts,
        hours.ends,
        zone,
        length=rules.length,
        pause=rules.buffer,
    )
    return [span for span in spans if span[0] > now]


def _take_back(wanted):
    keep = {(clinician, *span) for clinician, spans in wanted.items() for span in spans}
    open_slots = Slot.objects.upcoming().filter(state=Slot.State.OPEN)
    # Locked first and asked about afterwards, so that a request that came in between keeps its time.
    extra = [
        slot.pk
        for slot in open_slots.select_for_update()
        if (slot.clinician_id, slot.starts_at, slot.ends_at) not in keep
    ]
    Slot.objects.filter(pk__in=extra).never_asked_for().delete()


def _by_clinician(slots):
    spans: dict[int, list[grid.Span]] = {}
    for slot in slots:
        spans.setdefault(slot.clinician_id, []).append((slot.starts_at, slot.ends_at))
    return spans
