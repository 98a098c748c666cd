"""/bookings/<token>/move/: another time for a call, by its visitor."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from bookings import services, tokens
from bookings.models import Booking, OutboxMail
from tests.bookings.posting import errors, own_form
from tests.factories import (
    make_booking,
    make_slot,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clinic")]


def address(booking):
    return f"/bookings/{tokens.url_token(booking)}/move/"


def move(client, booking, slot):
    form = own_form(client.get(address(booking)))
    slot = getattr(slot, "pk", slot)
    return client.post(address(booking), {**form, "slot": slot})


def stored(booking):
    return Booking.objects.get(pk=booking.pk)


def test_one_confirming_post_moves_the_call_and_leads_to_its_page(client):
    booking, slot = make_booking(state="confirmed"), make_slot()

    response = move(client, booking, slot)

    assert response.status_code == 303
    assert stored(booking).slot == slot
    assert "Moved: your call has a new time" in client.get(response["Location"]).text
    assert list(OutboxMail.objects.values_list("kind", flat=True)) == [
        "changed",
        "moved",
    ]


@pytest.mark.parametrize("method", ["get", "head"])
def test_opening_the_page_changes_nothing(client, method):
    booking, slot = make_booking(), make_slot()
    key = tokens.change_key(booking, tokens.MOVE)

    response = getattr(client, method)(
        address(booking), {"change_key": key, "slot": slot.pk}
    )

    assert response.status_code == 200
    assert stored(booking).version == 1


def test_the_page_lists_what_is_free_and_names_the_time_that_is_kept(client):
    booking, slot = make_booking(), make_slot()
    taken = make_booking().slot

    page = client.get(address(booking)).text

    assert re.findall(r'type="radio" name="slot" value="(\d+)"', page) == [str(slot.pk)]
    assert str(taken.pk) not in re.findall(r'value="(\d+)"', page)
    assert "You have this time now" in page
    assert "call me back" not in page


def test_a_time_that_was_lost_is_answered_with_others(client):
    booking, slot, other = make_booking(), make_slot(), make_slot()
    form = own_form(client.get(address(booking)))
    make_booking(slot=slot)

    response = client.post(address(booking), {**form, "slot": slot.pk})

    assert response.status_code == 409
    assert "this time has just gone" in errors(response)[0]
    assert f'value="{other.pk}"' in response.text
    assert stored(booking).slot == booking.slot


@pytest.mark.parametrize("slot", ["", "0", "abc", "9" * 30, "call_back", "\x00"])
def test_a_time_that_does_not_exist_is_refused_with_a_word(client, slot):
    booking = make_booking()
    make_slot()

    response = move(client, booking, slot)

    assert response.status_code in (400, 422)
    assert stored(booking).version == 1


@pytest.mark.parametrize("purpose", [tokens.CANCEL, tokens.SHOW])
def test_a_key_for_another_purpose_moves_nothing(client, purpose):
    booking, slot = make_booking(), make_slot()
    form = {"change_key": tokens.change_key(booking, purpose), "version": 1}

    response = client.post(address(booking), {**form, "slot": slot.pk})

    assert response.status_code == 409
    assert stored(booking).version == 1


def test_a_key_to_move_does_not_cancel(client):
    booking = make_booking()
    page = address(booking).removesuffix("move/")

    response = client.post(
        page, {"change_key": tokens.change_key(booking, tokens.MOVE), "version": 1}
    )

    assert response.status_code == 409
    assert stored(booking).state == "requested"


def test_a_change_by_staff_in_that_moment_wins(client, staff, monkeypatch):
    booking, slot = make_booking(), make_slot()
    real = services.move

    def confirm_first(seen, *args, **kwargs):
        services.confirm(stored(booking), by=staff)
        real(seen, *args, **kwargs)

    monkeypatch.setattr(services, "move", confirm_first)
    response = move(client, booking, slot)

    assert response.status_code == 409
    assert "so we did nothing yet" in response.text
    assert stored(booking).slot == booking.slot


@pytest.mark.parametrize("chosen", [True, False])
def test_a_stale_page_is_told_what_changed_whatever_was_chosen_on_it(
    client, staff, chosen
):
    booking, slot = make_booking(), make_slot()
    form = own_form(client.get(address(booking)))
    services.confirm(stored(booking), by=staff)

    stale = client.post(address(booking), form | ({"slot": slot.pk} if chosen else {}))

    assert stale.status_code == 409
    assert "<li>We confirmed it.</li>" in stale.text
    assert stored(booking).slot == booking.slot


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    "fields",
    [{"state": "declined"}, {"kind": "say_hi"}, {"kind": "call_back"}],
    ids=str,
)
def test_what_has_no_time_to_come_cannot_be_moved(client, method, fields):
    booking = make_booking(**fields)

    response = getattr(client, method)(address(booking), {"slot": make_slot().pk})

    assert response.status_code == 409
    assert stored(booking).version == 1


def test_a_call_that_has_begun_cannot_be_moved(client):
    begun = make_slot(starts_at=timezone.now() - timedelta(minutes=1))
    booking = make_booking(slot=begun, state="confirmed")

    assert client.get(address(booking)).status_code == 409
    assert "Move this call" not in client.get(address(booking)).text


def test_the_page_is_private(client):
    response = client.get(address(make_booking()))

    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["X-Robots-Tag"] == "noindex"
    assert response.cookies == {}


def test_with_nothing_else_free_the_page_says_so(client):
    page = client.get(address(make_booking())).text

    assert "No other time is free right now" in page
