"""What a change of hours, closures or call settings would do, before it is stored."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from bookings import clock
from bookings.availability.idle import idle_hours
from bookings.availability.slots import Key, Needs, read_needs, wanted_spans
from bookings.models import Booking, Slot
from kneecare.clinic.models import Clinician

WEEKS = 4


class Row(NamedTuple):
    """One clinician's times on one day, in words."""

    day: date
    clinician: str
    stay: list[str]
    new: list[str]
    gone: list[str]


class Preview(NamedTuple):
    rows: list[Row]
    new: int
    gone: int
    hit: list[Booking]
    idle: list[str]  # hours that would make no time to book, and do not stand there yet


def preview(change: Callable[[], object]) -> Preview:
    """Carry ``change`` out, look at the times that would be made, and undo it."""
    before, idle_before = read_needs(), idle_hours()
    with transaction.atomic():
        change()
        after, idle = read_needs(), idle_hours()
        transaction.set_rollback(True)
    now, then = wanted_keys(before), wanted_keys(after)
    return Preview(
        rows=_rows(now, then, after),
        new=len(then - now),
        gone=len(now - then),
        hit=outside(then),
        idle=[words for words in idle if words not in idle_before],
    )


def left_outside() -> list[Booking]:
    """The booked calls that are on none of the times as the hours now stand, though their times were not yet withdrawn."""
    return outside(wanted_keys(read_needs()))


def outside(wanted: set[Key]) -> list[Booking]:
    """The booked calls to come whose time is not in ``wanted``. Staff blocked or withdrew the others before."""
    booked = Booking.objects.active().filter(
        slot__starts_at__gt=timezone.now(), slot__state=Slot.State.OPEN
    )
    return [
        booking
        for booking in booked.with_call().order_by("slot__starts_at")
        if _key(booking.slot) not in wanted
    ]


def _key(slot) -> Key:
    return slot.clinician_id, slot.starts_at, slot.ends_at


def wanted_keys(needs: Needs) -> set[Key]:
    """The times that ``needs`` ask for."""
    return {
        (who, *span) for who, spans in wanted_spans(needs).items() for span in spans
    }


def _rows(now: set[Key], then: set[Key], needs: Needs) -> list[Row]:
    names = dict(Clinician.objects.values_list("pk", "name"))
    last = needs.today + timedelta(weeks=WEEKS)
    days: dict[tuple[date, int], list[Key]] = {}
    for key in sorted(now | then, key=lambda key: key[1:]):
        day = key[1].astimezone(needs.zone).date()
        if day < last:
            days.setdefault((day, key[0]), []).append(key)

    def words(keys):
        return [clock.time_words(start, needs.zone) for _, start, _ in keys]

    return [
        Row(
            day,
            names.get(who, ""),
            stay=words(key for key in keys if key in now and key in then),
            new=words(key for key in keys if key not in now),
            gone=words(key for key in keys if key not in then),
        )
        for (day, who), keys in sorted(days.items())
    ]
