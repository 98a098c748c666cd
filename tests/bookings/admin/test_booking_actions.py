"""Declining with free times, moving, setting a time for a call-back, and notes."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.utils import timezone

from bookings import services
from bookings.mail import outbox
from bookings.models import Booking, BookingNote, CallWish, OutboxMail, Slot
from tests.bookings.desk import QUEUE, decide, page_of, said, state
from tests.factories import (
    make_booking,
    make_clinician,
    make_slot,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clinic")]


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(datetime(2026, 7, 1, 19, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def booking():
    return make_booking(reference="REF", state="confirmed")


@pytest.fixture
def free(booking):
    """A free time, the day after the booked one."""
    return make_slot(starts_at=booking.slot.starts_at + timedelta(days=1))


@pytest.fixture
def call_back():
    booking = make_booking(kind="call_back", slot=None)
    CallWish.objects.create(
        booking=booking, number=1, day=date(2026, 7, 3), part="morning"
    )
    return booking


def address(booking, page):
    return f"{QUEUE}{booking.pk}/{page}/"


def move(client, booking, slot, *, version=None):
    data = {"slot": slot.pk, "version": version or booking.version}
    return client.post(address(booking, "move"), data, follow=True)


def test_a_call_is_moved_to_a_free_time_from_a_list(staff_client, booking, free):
    page = staff_client.get(address(booking, "move"))
    assert f'value="{free.pk}"' in page.text
    assert f'id="slot-{booking.slot_id}"' not in page.text

    response = move(staff_client, booking, free)

    assert Booking.objects.get().slot == free
    assert said(response) == [f"{booking}: New time set."]
    assert [mail.kind for mail in OutboxMail.objects.all()] == ["moved"]
    assert set(Slot.objects.free()) == {booking.slot}


def test_a_move_can_be_read_in_what_happened(staff_client, booking, free, staff):
    move(staff_client, booking, free)

    page = staff_client.get(page_of(booking)).text

    assert "Moved" in page
    assert (
        "Saturday, July 4, 2026 at 12:00 PM Arizona time (MST), "
        "to Sunday, July 5, 2026 at 12:00 PM Arizona time (MST)"
    ) in page
    assert "admin" in page


def test_a_time_that_has_gone_is_a_message_and_the_list_anew(
    staff_client, booking, free
):
    other = make_slot()
    make_booking(slot=free)

    response = move(staff_client, booking, free)

    assert response.status_code == 409
    assert "This time has just gone." in response.text
    assert f'value="{other.pk}"' in response.text
    assert f'value="{free.pk}"' not in response.text
    assert Booking.objects.get(reference="REF").slot == booking.slot


def test_a_time_that_is_taken_in_this_moment_is_a_message_too(
    staff_client, booking, free, monkeypatch
):
    """The other one commits after we looked and before we wrote: only the constraint is left to see it."""
    monkeypatch.setattr(
        "bookings.services.reschedule.lock_if_assignable", lambda slot, leaving: None
    )
    make_booking(slot=free)

    response = move(staff_client, booking, free)

    assert response.status_code == 409
    assert Booking.objects.get(reference="REF").slot == booking.slot


def test_a_move_of_a_request_that_has_changed_changes_nothing(
    staff_client, booking, free, staff
):
    services.cancel_by_clinic(Booking.objects.get(pk=booking.pk), by=staff)

    response = move(staff_client, booking, free)

    assert "has changed since you opened it" in said(response)[0]
    assert Booking.objects.get().slot == booking.slot


@pytest.mark.parametrize("slot", ["", "x", "999999"])
def test_a_move_to_no_time_asks_for_one(staff_client, booking, free, slot):
    response = staff_client.post(
        address(booking, "move"), {"slot": slot, "version": booking.version}
    )

    assert response.status_code == 422
    assert f'value="{free.pk}"' in response.text


def test_what_is_over_cannot_be_moved(staff_client):
    booking = make_booking(state="completed")

    page = staff_client.get(address(booking, "move"))
    response = move(staff_client, booking, make_slot())

    assert "cannot get another time" in page.text
    assert "not possible" in said(response)[0]


@pytest.mark.parametrize("day", ["2026-08-01", "x", "0001-01-01", "9999-12-31"])
def test_one_can_look_at_later_times(staff_client, booking, free, day):
    page = staff_client.get(address(booking, "move"), {"from": day})

    assert page.status_code == 200
    assert (f'value="{free.pk}"' in page.text) == (day in ("x", "0001-01-01"))


def test_a_call_back_gets_a_time_and_becomes_a_call(staff_client, call_back):
    slot = make_slot()
    page = staff_client.get(address(call_back, "move")).text
    assert "Friday, July 3, In the morning (before noon)" in page
    assert "Set this time" in page

    move(staff_client, call_back, slot)

    booking = Booking.objects.get()
    assert (booking.state, booking.slot) == ("confirmed", slot)
    assert [mail.kind for mail in OutboxMail.objects.all()] == ["confirmed"]


def test_a_call_back_says_in_list_and_page_that_it_needs_a_time(
    staff_client, call_back
):
    for page in [f"{QUEUE}?when=needs", page_of(call_back)]:
        assert "Set a time…" in staff_client.get(page).text
    assert "In the morning (before noon)" in staff_client.get(page_of(call_back)).text


def test_before_declining_staff_see_the_times_that_the_mail_will_offer(
    staff_client, mailoutbox
):
    booking = make_booking(reference="REF")
    clinician = make_clinician()
    free = make_slot(
        starts_at=booking.slot.starts_at + timedelta(days=1), clinician=clinician
    )
    words = "Sunday, July 5 at 12:00 PM"
    page = staff_client.get(address(booking, "decline")).text
    assert words in page
    assert state(booking) == "requested"

    response = decide(staff_client, booking, "decline", back="?when=needs")
    assert mailoutbox == []
    with time_machine.travel(timezone.now() + timedelta(seconds=61)):
        outbox.deliver()

    assert state(booking) == "declined"
    assert response.redirect_chain[0][0] == f"{QUEUE}?when=needs"
    assert mailoutbox[0].to == ["ada@example.com"]
    assert f"time={free.pk}" in mailoutbox[0].body


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "There is no free time to offer"),
        ({"kind": "say_hi"}, "No mail is sent."),
        ({"kind": "call_back", "slot": None}, "There is no free time to offer"),
    ],
)
def test_the_page_says_what_declining_means_for_each_kind(staff_client, fields, words):
    booking = make_booking(**fields)

    assert words in staff_client.get(address(booking, "decline")).text


def test_a_note_is_kept_with_who_wrote_it_and_is_seen_by_staff(staff_client, staff):
    booking = make_booking()

    response = staff_client.post(
        address(booking, "note"), {"text": "Call after five."}, follow=True
    )

    note = BookingNote.objects.get()
    assert (note.text, note.by) == ("Call after five.", staff)
    assert said(response) == ["Your note is kept."]
    assert "Call after five." in response.text
    assert "July 1, 2026 at 12:00 PM" in response.text


@pytest.mark.parametrize("text", ["", "   ", "x" * 2001])
def test_a_note_that_cannot_be_kept_comes_back_with_its_words(staff_client, text):
    booking = make_booking()

    response = staff_client.post(address(booking, "note"), {"text": text})

    assert response.status_code == 422
    assert text.strip() in response.text
    assert BookingNote.objects.count() == 0


def test_a_note_that_was_begun_is_kept_with_a_decision_and_with_its_undoing(
    staff_client,
):
    booking = make_booking(state="requested")

    told = decide(staff_client, booking, "confirm", text="Call after five.")
    booking.refresh_from_db()
    undo = {"version": booking.version, "text": "By mistake."}
    staff_client.post(address(booking, "undo"), undo, follow=True)

    assert "Your note is kept." in said(told)
    texts = BookingNote.objects.order_by("pk").values_list("text", flat=True)
    assert list(texts) == ["Call after five.", "By mistake."]
    assert state(booking) == "requested"


def test_with_a_note_that_cannot_be_kept_nothing_is_decided_and_its_words_come_back(
    staff_client,
):
    booking = make_booking(state="requested")

    told = decide(staff_client, booking, "confirm", text="x" * 10_000)

    assert told.status_code == 422
    assert "x" * 10_000 in told.text
    assert state(booking) == "requested"


@pytest.mark.parametrize("answer", ["move", "decline", "note"])
def test_who_may_only_look_answers_nothing(client, django_user_model, booking, answer):
    viewer = django_user_model.objects.create_user("viewer", is_staff=True)
    viewer.user_permissions.set(Permission.objects.filter(codename="view_booking"))
    client.force_login(viewer)

    assert client.get(address(booking, answer)).status_code == 403
    assert client.post(address(booking, "note"), {"text": "x"}).status_code == 403
    assert BookingNote.objects.count() == 0


@pytest.mark.parametrize("answer", ["move", "decline", "note"])
def test_a_request_that_does_not_exist_is_not_found(staff_client, answer):
    assert staff_client.get(f"{QUEUE}999/{answer}/").status_code == 404


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_of_free_times_costs_the_same_however_many_there_are(
    staff_client, booking, django_assert_num_queries, count
):
    clinician = make_clinician()
    for number in range(count):
        moment = timezone.now() + timedelta(hours=number + 1)
        make_slot(starts_at=moment, clinician=clinician)

    with django_assert_num_queries(11):
        staff_client.get(address(booking, "move"))
