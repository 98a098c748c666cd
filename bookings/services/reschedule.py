"""Giving a request another time, or its first one."""

from datetime import timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from bookings.exceptions import NotPossible
from bookings.models import Booking, OutboxMail, Slot
from bookings.services import limits
from bookings.services.change import change
from bookings.services.locks import (
    lock_if_assignable,
    lock_if_offered,
    slot_taken_when_refused,
)
from bookings.services.retry import tried_again
from bookings.states import State

Mail = OutboxMail.Kind

MOVES_A_DAY = 5
MOVED_OFTEN = "You have moved this call often today. It keeps the time that it has: move it again tomorrow, or write to us."
SAME_TIME = "The call has this time now."


@tried_again
def move(booking: Booking, slot: Slot, *, by: User | None = None) -> None:
    """Take ``slot`` and free the old one, both or neither. Its visitor (``by`` None) chooses among what is offered, staff among all open times.

    Raises ``SlotTaken`` when the time cannot be had, ``ChangedMeanwhile`` when the request has changed since it
    was read, and ``NotPossible`` when it holds no time any more or, for its visitor, has begun.
    """
    is_too_late = by is None and booking.has_started
    if is_too_late or not (booking.is_call and booking.is_open):
        raise NotPossible
    if by is None and _moves_today(booking) >= MOVES_A_DAY:
        raise NotPossible(MOVED_OFTEN)
    if slot.pk == booking.slot_id:
        raise NotPossible(SAME_TIME)
    mails = [Mail.MOVED] if by else [Mail.MOVED, Mail.CHANGED]
    with slot_taken_when_refused(), transaction.atomic():
        if by:
            lock_if_assignable(slot, leaving=booking.slot)
        else:
            lock_if_offered(slot, leaving=booking.slot)
        change(
            booking,
            booking.state,
            slot=slot,
            by=by,
            is_by_visitor=by is None,
            mails=mails,
        )
        limits.hold_until(booking, slot.ends_at)


@tried_again
def book_call_back(booking: Booking, slot: Slot, *, by: User) -> None:
    """Make a confirmed call at ``slot`` of a request to be called back. Raises as ``move`` does."""
    if not booking.is_call_back or booking.state != State.REQUESTED:
        raise NotPossible
    with slot_taken_when_refused(), transaction.atomic():
        lock_if_assignable(slot)
        change(booking, State.CONFIRMED, slot=slot, by=by, mails=[Mail.CONFIRMED])
        limits.hold_if_room(booking)


@tried_again
def end_hold(booking: Booking) -> None:
    """Free the time of a request that held it for a while only; its visitor is called back instead."""
    if booking.state != State.REQUESTED or not booking.slot_id:
        raise NotPossible
    change(booking, State.REQUESTED, keeps_time=False, mails=[Mail.RECEIVED])


def _moves_today(booking: Booking) -> int:
    """How often its visitor has moved the call within a day."""
    since = timezone.now() - timedelta(days=1)
    moves = booking.events.filter(time_before__isnull=False, time_after__isnull=False)
    return moves.filter(by_name="", at__gt=since).count()
