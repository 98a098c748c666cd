"""Times that staff give to one request, whatever the grid says. Nothing that is held may overlap them."""

from datetime import datetime

from django.db import transaction

from bookings.availability.slots import make_slots
from bookings.exceptions import NotPossible, SlotTaken
from bookings.models import CallSettings, Slot
from bookings.states import ACTIVE_STATES

OFFERED = "This time is offered to somebody on the waiting list just now. Take that offer back first, or choose another time."
BLOCKED = "You have blocked this time. Open it first, under Call times."
State = Slot.State


def make_room(slot: Slot) -> None:
    """Be certain that nobody holds a time that overlaps ``slot``, and offer none of those that do.

    The lock on the settings lets it and the making of times in one after the other; a visitor who books one of the
    overlapping times waits for the lock on that.
    """
    CallSettings.objects.select_for_update().current()
    others = Slot.objects.overlapping(slot)
    list(others.select_for_update().order_by("pk"))
    if others.filter(bookings__state__in=ACTIVE_STATES).exists():
        raise SlotTaken
    if others.filter(state=State.HELD).exists():
        raise NotPossible(OFFERED)
    if others.filter(state=State.BLOCKED).exists():
        raise NotPossible(BLOCKED)
    others.filter(state=State.OPEN).update(state=State.WITHDRAWN)


def offer_again(slot: Slot | None, *, at: datetime) -> None:
    """Nobody holds ``slot`` any more: the times of the hours that it kept from being offered are so at once.

    ``at``: when that can no longer be undone. Until then the waiting list does not hear of it.
    """
    if slot is None:
        return
    Slot.objects.filter(pk=slot.pk).update(free_since=at)
    if slot.state == State.ASSIGNED:
        transaction.on_commit(make_slots, robust=True)


def hold_again(slot: Slot) -> None:
    """Be certain that a time that was given up can be held once more. Whether it is free is for the constraint to say."""
    CallSettings.objects.select_for_update().current()
    now = Slot.objects.select_for_update().get(pk=slot.pk)
    if now.state == State.HELD:
        raise NotPossible(OFFERED)
    if now.state != State.OPEN:
        make_room(now)
