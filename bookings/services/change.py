"""The one way that a request changes: a compare-and-swap, with its audit row and its mail."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, TypedDict, Unpack

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from bookings.exceptions import ChangedMeanwhile, Erased
from bookings.models import Booking, BookingEvent, CallSettings, OutboxMail, Slot
from bookings.services import limits, mail_limits
from bookings.services.assigned import offer_again
from bookings.states import ACTIVE_STATES, STANDING_STATES
from kneecare.core.people import name_of


class Circumstances(TypedDict, total=False):
    """What else there is to write down of a change: see ``record``."""

    is_by_visitor: bool
    mails: Iterable[str]
    line: str
    action: str
    corrected: str


def change(
    booking: Booking,
    state: str,
    *,
    by: User | None = None,
    slot: Slot | None = None,
    keeps_time: bool = True,
    **circumstances: Unpack[Circumstances],
) -> None:
    """Bring ``booking``, as the caller read it, to ``state``, and to ``slot`` where one is given.

    Without ``keeps_time`` it gives up the time that it has, to be called back. The loser of a race gets ``ChangedMeanwhile``, or the ``IntegrityError`` of a slot that is taken.
    """
    state_before = booking.state
    gives_up = slot or not keeps_time
    slot_before = booking.slot if gives_up else None
    with transaction.atomic():
        if gives_up or state not in STANDING_STATES:
            # Before the request itself, in the order in which those who book lock both.
            offer_again(booking.slot, at=_final_at(by))
        _bring_to(booking, state, slot, by, keeps_time)
        mail_limits.abort_overtaken(booking)
        if state not in ACTIVE_STATES or not keeps_time:
            limits.release(booking)
        record(
            booking,
            state_before,
            slot=slot,
            slot_before=slot_before,
            by=by,
            **circumstances,
        )


def _final_at(by: User | None) -> datetime:
    """When what happens now can no longer be undone."""
    now = timezone.now()
    return now + CallSettings.objects.current().undo if by else now


def _bring_to(
    booking: Booking, state: str, slot: Slot | None, by: User | None, keeps_time: bool
) -> None:
    held = booking.slot_id if keeps_time else None
    values = {
        "state": state,
        "decided_at": timezone.now(),
        "slot_id": slot.pk if slot else held,
        "kind": booking.kind if keeps_time else Booking.Kind.CALL_BACK,
        # What a person has looked at keeps its time until they answer.
        "hold_ends_at": None if by else booking.hold_ends_at,
    }
    compare_and_swap(booking, values)
    booking.refresh_from_db(fields=["slot"])


def compare_and_swap(booking: Booking, values: dict[str, Any]) -> None:
    """Write ``values`` and the next version, where the request still is as the caller read it."""
    as_read = Booking.objects.filter(
        pk=booking.pk, state=booking.state, version=booking.version
    )
    if not as_read.update(version=F("version") + 1, **values):
        raise _why_it_changed(booking)
    names = [name for name in values if name != "slot_id"]
    booking.refresh_from_db(fields=["version", *names])


def _why_it_changed(booking: Booking) -> ChangedMeanwhile:
    is_nobody = Booking.objects.filter(pk=booking.pk, name="").exists()
    return Erased() if booking.name and is_nobody else ChangedMeanwhile()


def record(
    booking: Booking,
    state_before: str = "",
    *,
    slot: Slot | None = None,
    slot_before: Slot | None = None,
    by: User | None = None,
    is_by_visitor: bool = False,
    mails: Iterable[str] = (),
    line: str = "",
    action: str = "",
    corrected: str = "",
) -> None:
    """Write down what happened to ``booking``, and the mail that it owes: within limits what its visitor causes, and
    all that staff (``by``) or the clock do. ``slot``: the new time, where it got one; ``line``: what staff add to the mail; ``corrected``: which contact details are others now.
    """
    done = {"action": action, "corrected": corrected, "by": by, "by_name": name_of(by)}
    _write_down(booking, state_before, slot_before, slot, done)
    owed = mail_limits.within(booking, mails) if is_by_visitor else mails
    owe(booking, owed, waits=by is not None, line=line)


def _write_down(
    booking: Booking,
    state_before: str,
    slot_before: Slot | None,
    slot: Slot | None,
    done: dict[str, Any],
) -> None:
    BookingEvent.objects.create(
        booking=booking,
        from_state=state_before,
        to_state=booking.state,
        version=booking.version,
        slot_before=slot_before,
        time_before=slot_before.starts_at if slot_before else None,
        time_after=slot.starts_at if slot else None,
        **done,
    )


def owe(
    booking: Booking, mails: Iterable[str], *, waits: bool = False, line: str = ""
) -> None:
    """Owe ``mails`` about ``booking`` as it is now. Where it ``waits``, the press that caused one can be undone until it goes out."""
    kinds = list(mails)
    reachable = [
        kind for kind in kinds if booking.email or kind in mail_limits.TO_STAFF
    ]
    reachable += mail_limits.texts_beside(booking, kinds)
    now = timezone.now()
    due = now + CallSettings.objects.current().undo if waits and reachable else now
    OutboxMail.objects.bulk_create(
        mail_limits.owed(booking, kind, text=line, next_attempt_at=due)
        for kind in reachable
    )
