import pytest

from bookings import first_content
from bookings.models import CallSettings, Slot, WeeklyHours
from tests.factories import make_clinic, make_clinician

pytestmark = pytest.mark.django_db


def test_a_new_site_offers_calls_at_hours_that_are_marked_as_placeholders(client):
    make_clinic()
    make_clinician()

    first_content.load()

    notes = set(WeeklyHours.objects.values_list("note", flat=True))
    assert notes == {"Placeholder. Set the clinic's real hours."}
    assert CallSettings.objects.count() == 1
    assert Slot.objects.exists()
    assert "slot-picker__time" in client.get("/book/").text
