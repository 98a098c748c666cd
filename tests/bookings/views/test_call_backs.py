"""A request to be called back: without a time, with up to three wishes."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from bookings import services
from bookings.exceptions import NotPossible, SlotTaken, SubmissionReused
from bookings.models import Booking, BookingEvent, CallWish, OutboxMail
from tests.factories import (
    make_booking,
    make_call_request,
    make_call_settings,
    make_clinic,
    make_slot,
)

pytestmark = pytest.mark.django_db

WISHES = [(date(2030, 7, 1), "morning"), (None, "evening")]


def ask(key="key", wishes=WISHES, **content):
    request = make_call_request(idempotency_key=key, wishes=tuple(wishes), **content)
    return services.submit(request)


def written():
    return list(OutboxMail.objects.order_by("pk").values_list("kind", "version"))


def test_it_is_stored_with_its_wishes_history_and_mail():
    booking = ask()

    assert (booking.kind, booking.state, booking.slot) == (
        "call_back",
        "requested",
        None,
    )
    assert booking.is_call_back
    assert not booking.is_call
    wishes = booking.wishes.values_list("number", "day", "part")
    assert list(wishes) == [(1, date(2030, 7, 1), "morning"), (2, None, "evening")]
    assert booking.consented_at is not None
    assert written() == [("received", 1), ("new_request", 1)]


def test_it_needs_no_wish():
    assert list(ask(wishes=[]).wishes.all()) == []


def test_the_same_form_gives_the_same_request():
    assert ask() == ask()
    assert CallWish.objects.count() == 2


def test_the_same_form_with_other_wishes_is_refused():
    ask()

    with pytest.raises(SubmissionReused):
        ask(wishes=[(None, "morning")])


@pytest.mark.parametrize(
    "fields",
    [
        {"number": 4},
        {"number": 0},
        {"number": 1},
        {"part": "at night"},
        {"day": None, "part": "any"},
    ],
    ids=["a fourth", "a zeroth", "a number twice", "no such part", "nothing wished"],
)
def test_the_database_refuses_a_wish_that_makes_no_sense(fields):
    booking = ask(wishes=[(None, "morning")])
    wish = {"number": 2, "day": date(2030, 7, 1), "part": "any"} | fields

    with pytest.raises(IntegrityError), transaction.atomic():
        CallWish.objects.create(booking=booking, **wish)


@pytest.mark.parametrize("state", ["confirmed", "no_show"])
def test_the_database_refuses_a_confirmed_call_back_without_a_time(state):
    with pytest.raises(IntegrityError, match="a_call_back_is_confirmed_with_a_slot"):
        Booking.objects.filter(pk=ask().pk).update(state=state)


def test_staff_complete_it_once_they_have_called(staff):
    booking = ask()

    services.complete(booking, by=staff)

    assert booking.state == "completed"


def test_staff_decline_it_with_a_mail(staff):
    booking = ask()

    services.decline(booking, by=staff)

    assert written()[-1] == ("declined", 2)


@pytest.mark.parametrize("service", [services.confirm, services.no_show])
def test_it_is_not_confirmed_without_a_time(staff, service):
    with pytest.raises(NotPossible):
        service(ask(), by=staff)


def test_its_visitor_takes_it_back_and_staff_need_not_be_told():
    booking = ask()

    services.cancel_by_visitor(booking)

    assert booking.state == "cancelled_by_visitor"
    assert written()[2:] == [("cancelled", 2)]


def test_staff_make_a_confirmed_call_of_it(staff):
    booking, slot = ask(), make_slot()

    services.book_call_back(booking, slot, by=staff)

    booking.refresh_from_db()
    assert (booking.state, booking.version, booking.slot) == ("confirmed", 2, slot)
    assert booking.is_call
    assert not booking.is_call_back
    event = BookingEvent.objects.latest("version")
    assert (event.time_before, event.time_after) == (None, slot.starts_at)
    assert (event.by, event.is_move) == (staff, True)
    assert written()[2:] == [("confirmed", 2)]


def test_a_call_made_of_it_goes_on_like_any_other(staff):
    booking = ask()
    services.book_call_back(booking, make_slot(), by=staff)

    services.move(booking, make_slot(), by=staff)
    services.cancel_by_visitor(booking)

    assert booking.state == "cancelled_by_visitor"


def test_a_time_that_is_taken_cannot_be_given_to_it(staff):
    booking, taken = ask(), make_booking().slot

    with pytest.raises(SlotTaken):
        services.book_call_back(booking, taken, by=staff)

    assert Booking.objects.get(pk=booking.pk).version == 1


def test_it_gets_a_time_once(staff):
    booking = ask()
    services.book_call_back(booking, make_slot(), by=staff)

    with pytest.raises(NotPossible):
        services.book_call_back(booking, make_slot(), by=staff)


def test_the_fourth_that_one_visitor_waits_for_is_kept_and_flagged(staff):
    bookings = [ask(key=f"key {number}") for number in range(3)]

    fourth = ask(key="key 4", email="Ada+more@Example.com")
    for booking in bookings:
        services.complete(booking, by=staff)

    assert fourth.suspicion == "many"
    assert ask(key="key 5").suspicion == ""


def test_no_limit_binds_staff_when_its_visitor_holds_three_calls(staff):
    make_clinic()
    make_call_settings()
    booking = ask()
    for _ in range(3):
        services.submit(make_call_request(slot=make_slot()))

    fourth = make_slot()
    services.book_call_back(booking, fourth, by=staff)

    assert Booking.objects.get(pk=booking.pk).slot == fourth
