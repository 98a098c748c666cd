"""Giving a request another time, or its first one."""

from django.contrib.auth.models import User
from django.db import transaction

from bookings.exceptions import NotPossible, TooMany
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

SAME_TIME = "The call has this time now."
HOLDS_THREE = "This visitor holds three call times, and no one may hold more."


@tried_again
def move(booking: Booking, slot: Slot, *, by: User | None = None) -> None:
    """Take ``slot`` and free the old one, both or neither. Its visitor (``by`` None) chooses among what is offered, staff among all open times.

    Raises ``SlotTaken`` when the time cannot be had, ``ChangedMeanwhile`` when the request has changed since it
    was read, and ``NotPossible`` when it holds no time any more or, for its visitor, has begun.
    """
    is_too_late = by is None and booking.has_started
    if is_too_late or not (booking.is_call and booking.is_open):
        raise NotPossible
    if slot.pk == booking.slot_id:
        raise NotPossible(SAME_TIME)
    mails = [Mail.MOVED] if by else [Mail.MOVED, Mail.CHANGED]
    with slot_taken_when_refused(), transaction.atomic():
        if by:
            lock_if_assignable(slot, leaving=booking.slot)
        else:
            lock_if_offered(slot, leaving=booking.slot)
        change(booking, booking.state, slot=slot, by=by, mails=mails)
        limits.hold_until(booking, slot.ends_at)


@tried_again
def book_call_back(booking: Booking, slot: Slot, *, by: User) -> None:
    """Make a confirmed call at ``slot`` of a request to be called back. Raises as ``move`` does."""
    if not booking.is_call_back or booking.state != State.REQUESTED:
        raise NotPossible
    with slot_taken_when_refused(), transaction.atomic():
        lock_if_assignable(slot)
        change(booking, State.CONFIRMED, slot=slot, by=by, mails=[Mail.CONFIRMED])
        limits.release(booking)
        try:
            limits.hold(booking)
        except TooMany as error:
            raise NotPossible(HOLDS_THREE) from error
