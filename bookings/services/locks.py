"""Whether a time may be had at all. Whether it is free is the database's to say, by its constraint."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy

from django.db import IntegrityError

from bookings.exceptions import SlotTaken
from bookings.models import Booking, CallSettings, Slot
from bookings.services.assigned import make_room
from kneecare.clinic.models import Clinic
from kneecare.core.database.constraints import refused_by


def lock_in_order(*slots: Slot | None) -> None:
    """Whoever takes several times at once locks them by key: two who move into each other's wait, and do not deadlock."""
    keys = [slot.pk for slot in slots if slot]
    list(Slot.objects.select_for_update().filter(pk__in=keys).order_by("pk"))


def lock_if_offered(slot: Slot, *, leaving: Slot | None = None) -> CallSettings:
    """The rules that ``slot`` is offered to visitors by, once it is certain that they still offer it.

    ``leaving``: the slot that is given up for it.
    """
    rules = CallSettings.objects.current()
    if rules.calls_a_day is not None:
        # No constraint can count calls on a day, so that those who book wait for each other.
        rules = CallSettings.objects.select_for_update().current()
    zone = Clinic.objects.current_zone()
    lock_in_order(slot, leaving)
    left = leaving.pk if leaving else None
    offered = Slot.objects.offered(rules, zone, leaving=left)
    if offered.filter(pk=slot.pk).first() is None:
        raise SlotTaken
    return rules


def lock_if_assignable(slot: Slot, *, leaving: Slot | None = None) -> Slot:
    """The time that staff give away, certain to be theirs to give. One that is not stored is of their own choice: a copy of it is stored."""
    if slot.pk is None:
        make_room(slot)
        stored = copy(slot)
        stored.save()
        return stored
    lock_in_order(slot, leaving)
    if Slot.objects.assignable().filter(pk=slot.pk).first() is None:
        raise SlotTaken
    return slot


@contextmanager
def slot_taken_when_refused() -> Iterator[None]:
    """The database decides who has a slot; whoever comes second gets ``SlotTaken``, also when the first is gone by then."""
    try:
        yield
    except IntegrityError as error:
        if refused_by(error, Booking, "one_open_booking_per_slot"):
            raise SlotTaken from error
        raise
