"""Forms that were read before a person's data was erased change nothing of what is left."""

from datetime import timedelta

import pytest
from django.utils import timezone

from bookings import services
from bookings.exceptions import Erased
from bookings.models import Booking, BookingNote
from bookings.privacy import retention
from tests.bookings.desk import QUEUE, decide, said
from tests.factories import make_booking, make_slot

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clinic")]
ADA = {"name": "Ada", "email": "ada@example.com", "phone": "+16025550123"}


@pytest.fixture
def held():
    """A call that has begun, which an erasure leaves as it stands."""
    slot = make_slot(starts_at=timezone.now() - timedelta(hours=1))
    return make_booking(slot=slot, state="confirmed", message="canary")


def stored():
    return Booking.objects.values("name", "email", "phone", "state", "version").get()


@pytest.mark.parametrize(
    "change",
    [
        lambda booking, by: services.complete(booking, by=by),
        lambda booking, by: services.no_show(booking, by=by),
        lambda booking, by: services.cancel_by_clinic(booking, by=by),
        lambda booking, by: services.move(booking, make_slot(), by=by),
        lambda booking, by: services.correct_contact(booking, **ADA, by=by),
        lambda booking, by: services.note(booking, "Ada called.", by=by),
    ],
    ids=["complete", "no_show", "cancel", "move", "correct", "note"],
)
def test_no_change_is_made_to_what_was_read_before_an_erasure(held, staff, change):
    retention.erase(Booking.objects.all())
    left = stored()

    with pytest.raises(Erased):
        change(held, staff)

    assert stored() == left
    assert not BookingNote.objects.exists()


def test_nor_to_what_was_read_before_its_time_to_be_kept_was_over(held, staff):
    Booking.objects.update(state="completed")
    held.refresh_from_db()
    Booking.objects.update(created_at=timezone.now() - timedelta(days=400))
    type(held.slot).objects.update(
        starts_at=timezone.now() - timedelta(days=400),
        ends_at=timezone.now() - timedelta(days=399),
    )
    retention.purge()

    with pytest.raises(Erased):
        services.correct_contact(held, **ADA, by=staff)

    assert stored()["name"] == ""


def test_how_a_call_went_can_be_said_after_its_visitor_was_erased(held, staff):
    retention.erase(Booking.objects.all())

    services.complete(Booking.objects.with_call().get(), by=staff)

    assert stored()["state"] == "completed"


def test_staff_are_told_that_the_person_was_erased(held, staff_client):
    retention.erase(Booking.objects.all())

    told = said(decide(staff_client, held, "complete"))
    contact = staff_client.post(f"{QUEUE}{held.pk}/contact/", {**ADA, "version": 1})
    note = staff_client.post(f"{QUEUE}{held.pk}/note/", {"text": "Ada called."})

    words = "This person&#x27;s data was erased."
    assert "This person's data was erased." in told[0]
    assert [contact.status_code, note.status_code] == [409, 409]
    assert words in contact.text
    assert words in note.text
    assert "Ada called." in note.text
