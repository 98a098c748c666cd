"""What became of a request: told to its visitor whenever they come, and to staff by the names of the time."""

import re

import pytest
from django.test import Client

from bookings import services, tokens
from bookings.models import Booking, BookingEvent, BookingNote
from bookings.privacy.personal_data import export
from tests.bookings.posting import own_form
from tests.factories import make_booking, make_slot

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clinic")]


@pytest.fixture
def colleague(django_user_model):
    return django_user_model.objects.create_user(
        "jo", first_name="Jo", last_name="Field"
    )


CHANGES = {
    "confirmed": lambda booking, by: services.confirm(booking, by=by),
    "declined": lambda booking, by: services.decline(booking, by=by),
    "cancelled": lambda booking, by: services.cancel_by_clinic(booking, by=by),
    "moved": lambda booking, by: services.move(booking, make_slot(), by=by),
}


def headings(response):
    return re.findall(r"<h1.*?</h1>", response.text, re.DOTALL)


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize("below", ["", "move/"])
def test_a_visitor_who_comes_late_sees_what_is_so_now_and_changes_nothing(
    staff, change, below
):
    booking, slot = make_booking(), make_slot()
    url = f"/bookings/{tokens.url_token(booking)}/"
    purpose = tokens.MOVE if below else tokens.CANCEL
    form = {
        "change_key": tokens.change_key(booking, purpose),
        "version": booking.version,
        "slot": slot.pk,
    }
    change(Booking.objects.get(), staff)
    now = Booking.objects.get()

    answer = Client().post(f"{url}{below}", form)

    after = Booking.objects.get()
    assert answer.status_code == 409
    assert (after.state, after.slot, after.version) == (now.state, now.slot, 2)
    assert answer.context["booking"].state == now.state
    assert headings(answer) == headings(Client().get(url))


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_the_first_mails_link_opens_the_request_whatever_becomes_of_it(staff, change):
    booking = make_booking()
    url = f"/bookings/{tokens.url_token(booking)}/"
    change(booking, staff)

    page = Client().get(url)

    assert page.status_code == 200
    assert page.context["booking"].state == booking.state


def test_the_page_as_it_is_now_can_change_what_an_old_one_could_not(staff):
    booking = make_booking()
    url = f"/bookings/{tokens.url_token(booking)}/"
    old = {
        "change_key": tokens.change_key(booking, tokens.CANCEL),
        "version": booking.version,
    }
    services.confirm(Booking.objects.get(), by=staff)

    late = Client().post(url, old)
    form = own_form(late)

    assert late.status_code == 409
    assert Client().post(url, form).status_code == 303
    assert Booking.objects.get().state == "cancelled_by_visitor"


def test_who_declined_a_request_stays_in_its_history_when_the_account_is_deleted(
    staff_client, colleague
):
    booking = make_booking()
    services.note(booking, "Called twice.", by=colleague)
    services.decline(booking, by=colleague)

    colleague.delete()

    page = staff_client.get(f"/admin/bookings/booking/{booking.pk}/change/")
    assert page.text.count("Jo Field") == 2
    assert "the visitor, or the clock" not in page.text
    assert (BookingEvent.objects.get().by, BookingNote.objects.get().by) == (None, None)
    exported = export(Booking.objects.all())["requests"][0]
    assert exported["what happened"][0]["by"] == "staff"


def test_an_account_that_is_renamed_keeps_its_name_at_the_time(staff_client, colleague):
    booking = make_booking()
    services.decline(booking, by=colleague)

    colleague.last_name = "Hill"
    colleague.save()

    page = staff_client.get(f"/admin/bookings/booking/{booking.pk}/change/")
    assert "Jo Field" in page.text
    assert "Jo Hill" not in page.text


def test_what_a_visitor_did_is_theirs_and_not_staffs(staff_client):
    booking = make_booking()
    services.cancel_by_visitor(booking)

    page = staff_client.get(f"/admin/bookings/booking/{booking.pk}/change/")

    assert "the visitor, or the clock" in page.text
