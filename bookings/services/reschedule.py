"""Giving a request another time, or its first one."""

from django.db import transaction

from bookings.exceptions import NotPossible, TooMany
from bookings.models import OutboxMail
from bookings.services import limits
from bookings.services.change import change
from bookings.services.locks import lock_if_assignable, lock_if_offered
from bookings.services.taken import told_when_taken
from bookings.states import State

Mail = OutboxMail.Kind

SAME_TIME = "The call has this time now."
HOLDS_THREE = "This visitor holds three call times, and no one may hold more."


def move(booking, slot, *, by=None):
    """Take ``slot`` and free the old one, both or neither. Its visitor (``by`` None) chooses among what is offered, staff among all open times.

    Raises ``SlotTaken`` when the time cannot be had, ``ChangedMeanwhile`` when the request has changed since it
    was read, and ``NotPossible`` when it holds no time any more or, for its visitor, has begun.
    """
    if not (booking.is_call and booking.is_open) or (
        by is None and booking.has_started
    ):
        raise NotPossible
    if slot.pk == booking.slot_id:
        raise NotPossible(SAME_TIME)
    to_staff = [] if by else [Mail.CHANGED]
    with told_when_taken(), transaction.atomic():
        if by:
            lock_if_assignable(slot)
        else:
            lock_if_offered(slot, leaving=booking.slot_id)
        change(booking, booking.state, slot=slot, by=by, mails=[Mail.MOVED, *to_staff])
        limits.keep_until(booking, slot.ends_at)


def book_call_back(booking, slot, *, by):
    """Make a confirmed call at ``slot`` of a request to be called back. Raises as ``move`` does."""
    if not booking.is_call_back or booking.state != State.REQUESTED:
        raise NotPossible
    with told_when_taken(), transaction.atomic():
        lock_if_assignable(slot)
        change(booking, State.CONFIRMED, slot=slot, by=by, mails=[Mail.CONFIRMED])
        _take_seat(booking)


def _take_seat(booking):
    limits.release(booking)
    try:
        limits.take_call(booking)
    except TooMany as error:
        raise NotPossible(HOLDS_THREE) from error
