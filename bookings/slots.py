"""Making the times that can be booked."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from bookings import grid
from bookings.models import CallSettings, Closure, Slot, WeeklyHours
from kneecare.clinic.models import Clinic
from kneecare.core.periodic import every


@every(seconds=5)
def follow_the_zone():
    """Make the times anew once the clinic's time zone has changed. Until then, none of the old ones is offered."""
    zone = Clinic.objects.current().zone
    open_slots = Slot.objects.upcoming().filter(state=Slot.State.OPEN)
    if open_slots.exclude(made_for=str(zone)).exists():
        make_slots()


@transaction.atomic
def make_slots():
    """Make the times that weekly hours, closures and settings ask for, and take back those they no longer do.

    A time that somebody ever asked for is withdrawn and not deleted: whoever holds it keeps it, and nobody gets
    it after them. One that staff blocked stays as it is. No new time overlaps one that is held or blocked. May be
    called at any time and by two workers at once: the lock on the settings lets one in after the other on
    PostgreSQL, and SQLite has one writer anyhow.
    """
    CallSettings.objects.get_or_create(pk=1)
    rules = CallSettings.objects.select_for_update().get()
    zone = Clinic.objects.current().zone
    wanted = _wanted(rules, zone)
    _take_back(wanted)
    missing = _missing(wanted, rules.buffer)
    _offer_again(wanted, missing)
    Slot.objects.bulk_create(
        [
            Slot(
                clinician_id=clinician,
                starts_at=start,
                ends_at=end,
                made_for=str(zone),
            )
            for clinician, start, end in missing
        ],
        ignore_conflicts=True,
    )
    # What is still open is wanted in this zone too.
    still_open = Slot.objects.upcoming().filter(state=Slot.State.OPEN)
    still_open.exclude(made_for=str(zone)).update(made_for=str(zone))


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
    extra = [slot.pk for slot in open_slots if _key(slot) not in keep]
    # Withdrawn first and asked about afterwards, so that a request that came in between keeps its time.
    taken_back = Slot.objects.filter(pk__in=extra)
    taken_back.filter(state=Slot.State.OPEN).update(state=Slot.State.WITHDRAWN)
    taken_back.filter(state=Slot.State.WITHDRAWN).never_asked_for().delete()


def _missing(wanted, pause):
    """What is wanted and neither there nor in the way of what is: ``{(clinician, start, end)}``."""
    taken: dict[int, list[grid.Span]] = {}
    near = Slot.objects.filter(ends_at__gt=timezone.now() - pause)
    for slot in near.in_use():
        taken.setdefault(slot.clinician_id, []).append((slot.starts_at, slot.ends_at))
    return {
        (clinician, *span)
        for clinician, spans in wanted.items()
        for span in grid.apart(spans, taken.get(clinician, []), pause)
    }


def _offer_again(wanted, missing):
    """Open the withdrawn times that are wanted again; they leave ``missing``."""
    keep = {(clinician, *span) for clinician, spans in wanted.items() for span in spans}
    withdrawn = Slot.objects.upcoming().filter(state=Slot.State.WITHDRAWN)
    held = set(withdrawn.in_use())
    again = {
        _key(slot): slot.pk
        for slot in withdrawn
        if _key(slot) in (keep if slot in held else missing)
    }
    Slot.objects.filter(pk__in=again.values()).update(state=Slot.State.OPEN)
    missing.difference_update(again)


def _key(slot):
    return slot.clinician_id, slot.starts_at, slot.ends_at
