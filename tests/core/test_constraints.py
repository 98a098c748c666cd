import pytest
from django.db import IntegrityError

from bookings.models import Booking
from kneecare.core.database.constraints import refused_by
from tests.factories import make_booking

pytestmark = pytest.mark.django_db(transaction=True)

SLOT, FORM = "one_open_booking_per_slot", "a_form_is_stored_once"


def test_an_error_tells_which_constraint_refused_the_row_though_the_row_in_the_way_is_gone():
    first = make_booking()

    with pytest.raises(IntegrityError) as same_slot:
        make_booking(slot=first.slot)
    with pytest.raises(IntegrityError) as same_form:
        make_booking(idempotency_key=first.idempotency_key)
    first.delete()

    assert refused_by(same_slot.value, Booking, SLOT)
    assert not refused_by(same_slot.value, Booking, FORM)
    assert refused_by(same_form.value, Booking, FORM)
    assert not refused_by(same_form.value, Booking, SLOT)
