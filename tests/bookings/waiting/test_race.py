"""An offer meets others at the same moment. On SQLite this needs a database file: see tests/settings.py."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from bookings import services
from bookings.exceptions import ChangedMeanwhile, NotPossible, SlotTaken
from bookings.models import Booking, Slot, WaitingOffer
from bookings.waiting import offers
from tests.at_once import WINNER, at_once
from tests.factories import (
    make_booking,
    make_call_request,
    make_call_settings,
    make_clinic,
    make_offer,
    make_slot,
)

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

MORNING = datetime(2026, 7, 1, 17, tzinfo=UTC)  # 10 AM at the clinic


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(MORNING) as traveller:
        make_clinic()
        make_call_settings()
        yield traveller


def waits(days, **fields):
    slot = make_slot(starts_at=timezone.now() + timedelta(days=days))
    since = timezone.now() - timedelta(hours=1)
    defaults = {"state": "confirmed", "wants_earlier_since": since}
    return make_booking(slot=slot, **(defaults | fields))


def take(offer):
    def call():
        booking = Booking.objects.get(pk=offer.booking_id)
        offers.take(booking, WaitingOffer.objects.get(pk=offer.pk))

    return call


def holders(slot):
    return Booking.objects.active().filter(slot=slot).count()


def test_one_offer_pressed_ten_times_at_once_is_taken_once():
    offer = make_offer(booking=waits(9))

    outcomes = at_once(*[take(offer)] * 10)

    assert outcomes[WINNER] == 1
    assert set(outcomes) <= {WINNER, NotPossible, ChangedMeanwhile}
    assert Booking.objects.get(pk=offer.booking_id).slot == offer.slot
    assert offer.booking.events.count() == 1


def test_an_offer_that_runs_out_while_it_is_taken_is_taken_or_over_and_never_both(
    clock,
):
    for _ in range(5):
        soon = timezone.now() + timedelta(milliseconds=60)
        hour_ago = timezone.now() - timedelta(hours=1)
        offer = make_offer(booking=waits(9), created_at=hour_ago, expires_at=soon)

        at_once(*[take(offer)] * 3, *[offers.end_what_is_over] * 3)
        offers.end_what_is_over()

        offer.refresh_from_db()
        booking = Booking.objects.get(pk=offer.booking_id)
        assert offer.state in ("taken", "expired")
        assert (booking.slot_id == offer.slot_id) is (offer.state == "taken")
        assert Slot.objects.get(pk=offer.slot_id).state == "open"


def test_who_takes_it_and_staff_who_take_it_back_at_once_do_not_both_win():
    offer = make_offer(booking=waits(9))
    ended = []

    def take_back():
        seen = WaitingOffer.objects.get(pk=offer.pk)
        ended.append(offers.end(seen, WaitingOffer.State.WITHDRAWN))

    outcomes = at_once(take(offer), take_back)

    offer.refresh_from_db()
    assert (offer.state == "withdrawn") is ended[0]
    assert outcomes[WINNER] == 2 - ended[0]


def test_staff_and_strangers_who_want_an_offered_time_at_once_do_not_get_it(staff):
    offer = make_offer(booking=waits(9))
    others = [waits(11, wants_earlier_since=None) for _ in range(3)]

    def move(booking, by):
        seen = Booking.objects.get(pk=booking.pk)
        return lambda: services.move(seen, Slot.objects.get(pk=offer.slot_id), by=by)

    def ask(number):
        slot = Slot.objects.get(pk=offer.slot_id)
        email = f"stranger-{number}@example.com"
        return lambda: services.submit(make_call_request(slot=slot, email=email))

    outcomes = at_once(
        take(offer),
        *[move(booking, staff) for booking in others],
        *[ask(number) for number in range(3)],
    )

    assert outcomes == {WINNER: 1, SlotTaken: 6}
    assert Booking.objects.get(pk=offer.booking_id).slot == offer.slot
    assert holders(offer.slot) == 1


def test_two_workers_offer_a_time_to_one_while_visitors_book_it():
    for number in range(4):
        waits(9 + number, email=f"visitor-{number}@example.com")
    slot = make_slot(free_since=timezone.now() - timedelta(minutes=30))

    def ask(number):
        email = f"stranger-{number}@example.com"
        return lambda: services.submit(make_call_request(slot=slot, email=email))

    at_once(*[offers.offer_free_times] * 3, *[ask(number) for number in range(3)])

    given = holders(slot) + WaitingOffer.objects.open().filter(slot=slot).count()
    assert given == 1
    assert WaitingOffer.objects.count() <= 1


def test_a_visitor_who_cancels_and_takes_an_offer_at_once_holds_one_time_or_none():
    offer = make_offer(booking=waits(9))
    before = offer.booking.slot

    def cancel():
        services.cancel_by_visitor(Booking.objects.get(pk=offer.booking_id))

    at_once(take(offer), cancel)
    offers.end_what_is_over()

    assert holders(before) + holders(offer.slot) <= 1
    assert not WaitingOffer.objects.open().exists()
    assert Slot.objects.get(pk=offer.slot_id).state == "open"
