"""Making the times that can be booked."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from bookings.availability import grid
from bookings.availability.closed import (
    Closed,
    read_busy,
    read_closed,
    without_what_is_closed,
)
from bookings.models import CallSettings, ExtraHours, Slot, WeeklyHours
from kneecare.clinic.models import Clinic
from kneecare.core.database.retry import attempt
from kneecare.core.jobs.schedule import every

State = Slot.State
OFFERED = (State.OPEN, State.HELD)  # to everybody, or to one on the waiting list
Key = tuple[int, datetime, datetime]  # whose it is, and from when to when
BATCH = 500  # rows in one statement, and in one transaction where that will do
MOST = 50_000  # times: some seconds of work whenever the hours change


class Needs(NamedTuple):
    """All that times are made from. Equal to another reading when nothing changed in between."""

    zone: ZoneInfo
    today: date
    horizon_days: int
    length: timedelta
    pause: timedelta
    closures: list[Closed]
    hours: list[tuple[int, int, time, time]]  # clinician, weekday, from, to
    extra: list[tuple[int, date, time, time]]  # clinician, day, from, to
    busy: dict[int, list[grid.Span]]  # in the calendars of each clinician


@every(seconds=5)
def follow_the_zone():
    """Make the times anew once the clinic's time zone has changed. Until then, none of the old ones is offered."""
    zone = Clinic.objects.current().zone
    open_slots = Slot.objects.upcoming().filter(state=State.OPEN)
    if open_slots.exclude(made_for=str(zone)).exists():
        make_slots()


def make_slots():
    """Make the times that weekly hours, extra hours, closures, other calendars and settings ask for, and take back those they no longer do.

    A time that somebody ever asked for is withdrawn and not deleted: whoever holds it keeps it, and nobody gets
    it after them. One that staff blocked stays as it is. No new time overlaps one that is held or blocked. May be
    called at any time and by two workers at once: the lock on the settings lets one in after the other on
    PostgreSQL, and SQLite has one writer anyhow. Visitors who book wait for that lock or writer, so that what can
    be worked out is so beforehand, and done over if the needs have changed meanwhile.
    """
    CallSettings.objects.get_or_create(pk=1)
    done = False
    while not done:
        needs = read_needs()
        done = attempt(partial(_carry_out, needs, wanted_spans(needs)))
    _delete_unused()


def how_many(rules, hours):
    """About how many times ``rules`` and ``hours`` ask for."""
    a_week = sum(
        (duration(these) + rules.buffer) // (rules.length + rules.buffer)
        for these in hours
    )
    return a_week * rules.horizon_days // 7


def check_how_many(rules, hours):
    """Refuse hours that ask for more times than there can be."""
    count = how_many(rules, hours)
    if count > MOST:
        raise ValidationError(
            f"This would make about {count:,} call times, and {MOST:,} is the most there can be. "
            "Make calls longer, offer them fewer days ahead, or keep shorter hours."
        )


def duration(hours):
    day = date.min
    return datetime.combine(day, hours.ends) - datetime.combine(day, hours.starts)


def read_needs() -> Needs:
    rules = CallSettings.objects.current()
    zone = Clinic.objects.current().zone
    hours = WeeklyHours.objects.of_shown_clinicians().order_by("pk")
    return Needs(
        zone=zone,
        today=timezone.localdate(timezone=zone),
        horizon_days=rules.horizon_days,
        length=rules.length,
        pause=rules.buffer,
        closures=read_closed(),
        hours=list(hours.values_list("clinician_id", "weekday", "starts", "ends")),
        extra=list(
            ExtraHours.objects.of_shown_clinicians()
            .order_by("pk")
            .values_list("clinician_id", "day", "starts", "ends")
        ),
        busy=read_busy(),
    )


def wanted_spans(needs: Needs) -> dict[int, list[grid.Span]]:
    """The spans to offer, by clinician."""
    now = timezone.now()
    wanted: dict[int, list[grid.Span]] = {}
    for clinician, day, starts, ends in _stretches(needs):
        wanted.setdefault(clinician, []).extend(
            grid.spans(
                day, starts, ends, needs.zone, length=needs.length, pause=needs.pause
            )
        )
    return {
        clinician: grid.apart(
            without_what_is_closed(
                clinician,
                [span for span in spans if span[0] > now],
                needs.closures,
                needs.busy.get(clinician, []),
                needs.zone,
            ),
            [],
            needs.pause,
        )
        for clinician, spans in wanted.items()
    }


def _stretches(needs) -> Iterator[tuple[int, date, time, time]]:
    """Whose, on which open day, from when to when: the hours of each week, and those of one day only."""
    days = list(_open_days(needs))
    for clinician, weekday, starts, ends in needs.hours:
        for day in days:
            if day.weekday() == weekday:
                yield clinician, day, starts, ends
    for clinician, day, starts, ends in needs.extra:
        if day in days:
            yield clinician, day, starts, ends


def _open_days(needs) -> Iterator[date]:
    whole = [closed for closed in needs.closures if closed.is_whole_clinic]
    for n in range(needs.horizon_days + 1):
        day = needs.today + timedelta(days=n)
        if not any(c.first_day <= day <= c.last_day for c in whole):
            yield day


@transaction.atomic
def _carry_out(needs, wanted):
    """Whether the times are now as ``wanted``: not when that came of ``needs`` that are so no longer."""
    rules = CallSettings.objects.select_for_update().get()
    if read_needs() != needs:
        return False
    free_since = timezone.now() + rules.undo  # a slip in the hours can be mended too
    keep: set[Key] = {(who, *span) for who, spans in wanted.items() for span in spans}
    _withdraw(keep)
    missing = _missing(wanted, needs.pause)
    missing -= _open_again(keep, missing, free_since)
    Slot.objects.bulk_create(
        [_slot(key, needs.zone, free_since) for key in sorted(missing)],
        ignore_conflicts=True,
    )
    # What is still open is wanted in this zone too.
    still_open = Slot.objects.upcoming().filter(state__in=OFFERED)
    still_open.exclude(made_for=str(needs.zone)).update(made_for=str(needs.zone))
    return True


def _slot(key, zone, free_since):
    who, start, end = key
    about = {"made_for": str(zone), "free_since": free_since}
    return Slot(clinician_id=who, starts_at=start, ends_at=end, **about)


def _withdraw(keep):
    slots = Slot.objects.upcoming().filter(state__in=OFFERED)
    unwanted = [pk for pk, key in _keys(slots) if key not in keep]
    for some in _locked(unwanted):
        some.filter(state__in=OFFERED).update(state=State.WITHDRAWN)


def _missing(wanted, pause):
    """The keys of what is wanted, not there yet, and in the way of nothing that is.

    Asked after what is unwanted was withdrawn, so that a request that came in between keeps its time.
    """
    taken: dict[int, list[grid.Span]] = {}
    near = Slot.objects.filter(ends_at__gt=timezone.now() - pause)
    for _, (clinician, start, end) in _keys(near.in_use()):
        taken.setdefault(clinician, []).append((start, end))
    return {
        (clinician, *span)
        for clinician, spans in wanted.items()
        for span in grid.apart(spans, taken.get(clinician, []), pause)
    }


def _open_again(keep, missing, free_since):
    """Open the withdrawn times that are wanted again; returns their keys."""
    withdrawn = Slot.objects.upcoming().filter(state=State.WITHDRAWN)
    held = {pk for pk, _ in _keys(withdrawn.in_use())}
    again = {
        key: pk
        for pk, key in _keys(withdrawn)
        if key in (keep if pk in held else missing)
    }
    for some in _locked(again.values()):
        withdrawn = some.filter(state=State.WITHDRAWN)
        withdrawn.update(state=State.OPEN, free_since=free_since)
    return set(again)


def _locked(pks):
    """Some of the slots at a time, in the order in which all lock them."""
    ordered = sorted(pks)
    for first in range(0, len(ordered), BATCH):
        some = Slot.objects.filter(pk__in=ordered[first : first + BATCH])
        list(some.select_for_update().order_by("pk").values_list("pk"))
        yield some


def _delete_unused():
    """Delete the withdrawn times that nobody ever asked for, a few at a time so that visitors need not wait."""
    withdrawn = Slot.objects.filter(state=State.WITHDRAWN).never_asked_for()
    deleted = 1
    while deleted:
        with transaction.atomic():
            CallSettings.objects.select_for_update().get()  # so that none is opened
            some = list(withdrawn.values_list("pk", flat=True)[:BATCH])
            deleted, _ = Slot.objects.filter(pk__in=some).delete()


def _keys(slots) -> list[tuple[int, Key]]:
    """``(pk, key)`` of each slot."""
    rows = slots.order_by().values_list("pk", "clinician_id", "starts_at", "ends_at")
    return [(pk, (who, start, end)) for pk, who, start, end in rows]
