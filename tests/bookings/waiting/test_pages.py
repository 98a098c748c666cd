"""Earlier times on a visitor's own page, on the form, and at the front desk."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from bookings.models import Booking, CallSettings, WaitingOffer
from bookings.tokens import url_token
from tests.bookings.desk import QUEUE, listed, page_of, said
from tests.bookings.posting import WORDS, idempotency_key
from tests.factories import (
    make_booking,
    make_call_settings,
    make_clinic,
    make_offer,
    make_slot,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clinic():
    make_call_settings()
    return make_clinic()


@pytest.fixture
def booking():
    slot = make_slot(starts_at=timezone.now() + timedelta(days=9))
    return make_booking(state="confirmed", slot=slot)


def own(booking):
    return f"/bookings/{url_token(booking)}/"


def press(client, booking, verb, **data):
    """Press a button about earlier times, as the page now shows it."""
    page = client.get(own(booking)).text
    form = page.partition('class="earlier-time__presses"')[2].partition("</form>")[0]
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))
    return client.post(f"{own(booking)}earlier/", hidden | {"press": verb} | data)


def fresh(booking):
    return Booking.objects.get(pk=booking.pk)


def test_one_press_puts_a_visitor_on_the_list_and_one_takes_them_off(client, booking):
    assert press(client, booking, "join").status_code == 303
    assert fresh(booking).wants_earlier_since is not None
    assert "You are on the waiting list" in client.get(own(booking)).text

    assert press(client, booking, "leave").status_code == 303
    assert fresh(booking).wants_earlier_since is None


def test_joining_twice_keeps_the_place(client, booking):
    press(client, booking, "join")
    since = fresh(booking).wants_earlier_since

    press(client, booking, "join")

    assert fresh(booking).wants_earlier_since == since


def test_opening_the_page_changes_nothing(client, booking):
    offer = make_offer(booking=booking)

    page = client.get(f"{own(booking)}earlier/")

    assert "We hold it for you alone until" in page.text
    assert (
        page["Cache-Control"].startswith("max-age=0")
        or "no-store" in page["Cache-Control"]
    )
    assert WaitingOffer.objects.get(pk=offer.pk).state == "open"


def test_an_offered_time_is_taken_by_one_press(client, booking):
    offer = make_offer(booking=booking)

    answer = press(client, booking, "take")

    assert answer["Location"] == f"{own(booking)}?moved"
    assert fresh(booking).slot == offer.slot


def test_who_keeps_their_time_keeps_it(client, booking):
    offer = make_offer(booking=booking)

    press(client, booking, "keep")

    assert fresh(booking).slot == booking.slot
    assert WaitingOffer.objects.get(pk=offer.pk).state == "kept"


def test_an_offer_that_ran_out_says_so_kindly(client, booking):
    now = timezone.now()
    offer = make_offer(booking=booking)
    WaitingOffer.objects.update(
        created_at=now - timedelta(hours=2), expires_at=now - timedelta(hours=1)
    )

    answer = press(client, booking, "take", offer=offer.pk)

    assert answer.status_code == 409
    assert "no longer held for you" in answer.text
    assert fresh(booking).slot == booking.slot


def test_the_offer_of_another_cannot_be_taken(client, booking):
    other = make_offer()
    make_offer(booking=booking)

    answer = press(client, booking, "take", offer=other.pk)

    assert answer.status_code == 409
    assert WaitingOffer.objects.get(pk=other.pk).state == "open"


@pytest.mark.parametrize("offer", ["", "x", "0", "999999999999999999999", "-1"])
def test_junk_for_an_offer_is_refused_kindly(client, booking, offer):
    make_offer(booking=booking)

    assert press(client, booking, "take", offer=offer).status_code == 409


@pytest.mark.parametrize(
    "change", [{"change_key": "x"}, {"version": "7"}, {"press": ""}]
)
def test_a_press_needs_its_key_its_version_and_a_verb(client, booking, change):
    answer = press(client, booking, "join", **change)

    assert answer.status_code == 409
    assert fresh(booking).wants_earlier_since is None


def test_a_stale_page_takes_nothing_and_says_what_changed(client, booking):
    make_offer(booking=booking)
    Booking.objects.filter(pk=booking.pk).update(version=2)

    answer = press(client, booking, "take", version="1")

    assert answer.status_code == 409
    assert "changed since you opened the page" in answer.text
    assert fresh(booking).slot == booking.slot


def test_the_button_of_a_mail_program_takes_off_the_list(client, booking):
    Booking.objects.update(wants_earlier_since=timezone.now())
    offer = make_offer(booking=booking)

    client.post(f"{own(booking)}earlier/", {"List-Unsubscribe": "One-Click"})

    assert fresh(booking).wants_earlier_since is None
    assert WaitingOffer.objects.get(pk=offer.pk).state == "kept"


@pytest.mark.parametrize(
    "fields",
    [{"state": "cancelled_by_visitor"}, {"email": "", "phone": "+16025550123"}],
)
def test_who_cannot_be_offered_a_time_sees_nothing_of_it(client, fields):
    page = client.get(own(make_booking(**fields)))

    assert 'class="earlier-time' not in page.text


def test_switched_off_neither_page_nor_form_speaks_of_it(client, booking):
    CallSettings.objects.update(offer_minutes=0)

    assert 'class="earlier-time' not in client.get(own(booking)).text
    assert "wants_earlier" not in client.get("/book/").text


@pytest.mark.parametrize("ticked", [True, False])
def test_a_tick_on_the_form_puts_on_the_list(client, ticked):
    slot = make_slot()
    key = idempotency_key(client.get("/book/"))
    words = {**WORDS, "phone": "602 555 0123", "slot": slot.pk, "consent": "on"}
    tick = {"wants_earlier": "on"} if ticked else {}

    client.post("/book/", {**words, **tick, "idempotency_key": key})

    assert (Booking.objects.get().wants_earlier_since is not None) is ticked


def test_the_queue_lists_who_waits_in_their_order(staff_client):
    now = timezone.now()
    make_booking(reference="NOT")
    make_booking(reference="SECOND", wants_earlier_since=now)
    make_booking(reference="FIRST", wants_earlier_since=now - timedelta(hours=1))
    make_booking(
        reference="OVER", state="cancelled_by_visitor", wants_earlier_since=now
    )

    assert listed(staff_client, "when=waiting") == ["FIRST", "SECOND"]


def test_a_request_shows_what_it_was_offered(staff_client, booking):
    make_offer(booking=booking)
    Booking.objects.update(wants_earlier_since=timezone.now())

    page = staff_client.get(page_of(booking)).text

    assert "Wishes for an earlier time" in page
    assert "Take back the offer" in page


def desk_press(client, booking, verb):
    return client.post(f"{QUEUE}{booking.pk}/waiting/", {"press": verb}, follow=True)


def test_staff_put_on_the_list_take_off_and_take_back(staff_client, booking):
    desk_press(staff_client, booking, "join")
    assert fresh(booking).wants_earlier_since is not None

    offer = make_offer(booking=booking)
    answer = desk_press(staff_client, booking, "take_back")
    assert "taken back" in said(answer)[0]
    offer.refresh_from_db()
    offer.slot.refresh_from_db()
    assert (offer.state, offer.slot.state) == ("withdrawn", "open")

    desk_press(staff_client, booking, "leave")
    assert fresh(booking).wants_earlier_since is None


@pytest.mark.parametrize("verb", ["", "x", "take_back"])
def test_a_press_of_staff_that_means_nothing_says_so(staff_client, booking, verb):
    assert said(desk_press(staff_client, booking, verb))


def test_staff_cannot_put_a_cancelled_call_on_the_list(staff_client):
    booking = make_booking(state="cancelled_by_clinic")

    assert "not possible" in said(desk_press(staff_client, booking, "join"))[0]
    assert fresh(booking).wants_earlier_since is None
