from contextlib import contextmanager

from django.db import IntegrityError

from bookings.exceptions import SlotTaken
from bookings.models import Booking
from kneecare.core.database.constraints import refused_by


@contextmanager
def told_when_taken():
    """The database decides who has a slot; whoever comes second gets ``SlotTaken``, also when the first is gone by then."""
    try:
        yield
    except IntegrityError as error:
        if refused_by(error, Booking, "one_open_booking_per_slot"):
            raise SlotTaken from error
        raise
