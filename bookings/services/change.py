"""The one way that a request changes: a compare-and-swap, with its audit row and its mail."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from bookings.exceptions import ChangedMeanwhile
from bookings.models import Booking, BookingEvent, OutboxMail, Slot
from bookings.services import limits, mail_limits
from bookings.states import ACTIVE_STATES
from kneecare.core.people import name_of


def change(
    booking: Booking,
    state: str,
    *,
    by: User | None = None,
    is_by_visitor: bool = False,
    mails: Iterable[str] = (),
    slot: Slot | None = None,
    keeps_time: bool = True,
) -> None:
    """Bring ``booking``, as the caller read it, to ``state``, and to ``slot`` where one is given.

    Without ``keeps_time`` it gives up the time that it has, to be called back. The loser of a race gets ``ChangedMeanwhile``, or the ``IntegrityError`` of a slot that is taken.
    """
    state_before = booking.state
    gives_up = slot or not keeps_time
    time_before = booking.slot.starts_at if gives_up and booking.slot else None
    with transaction.atomic():
        _compare_and_swap(booking, state, slot, by, keeps_time)
        mail_limits.abort_overtaken(booking)
        if state not in ACTIVE_STATES or not keeps_time:
            limits.release(booking)
        record(
            booking,
            state_before,
            slot=slot,
            time_before=time_before,
            by=by,
            is_by_visitor=is_by_visitor,
            mails=mails,
        )


def _compare_and_swap(
    booking: Booking, state: str, slot: Slot | None, by: User | None, keeps_time: bool
) -> None:
    held = booking.slot_id if keeps_time else None
    as_read = Booking.objects.filter(
        pk=booking.pk, state=booking.state, version=booking.version
    )
    if not as_read.update(
        state=state,
        version=F("version") + 1,
        decided_at=timezone.now(),
        slot_id=slot.pk if slot else held,
        kind=booking.kind if keeps_time else Booking.Kind.CALL_BACK,
        # What a person has looked at keeps its time until they answer.
        hold_ends_at=None if by else booking.hold_ends_at,
    ):
        raise ChangedMeanwhile
    changed = ["kind", "state", "version", "decided_at", "slot", "hold_ends_at"]
    booking.refresh_from_db(fields=changed)


def record(
    booking: Booking,
    state_before: str = "",
    *,
    slot: Slot | None = None,
    time_before: datetime | None = None,
    by: User | None = None,
    is_by_visitor: bool = False,
    mails: Iterable[str] = (),
) -> None:
    """Write down what happened to ``booking``, and the mail that it owes: within limits what its visitor causes, and
    all that staff (``by``) or the clock do. ``slot``: the new time, where it got one.
    """
    BookingEvent.objects.create(
        booking=booking,
        from_state=state_before,
        to_state=booking.state,
        version=booking.version,
        time_before=time_before,
        time_after=slot.starts_at if slot else None,
        by=by,
        by_name=name_of(by),
    )
    OutboxMail.objects.bulk_create(
        OutboxMail(booking=booking, kind=kind, version=booking.version)
        for kind in (mail_limits.within(booking, mails) if is_by_visitor else mails)
    )
