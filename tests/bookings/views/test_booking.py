"""/bookings/<token>/: a visitor's own page."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from bookings import services, tokens
from bookings.clock import moment_words
from bookings.models import Booking
from bookings.services import transitions
from bookings.states import State
from tests.bookings.posting import own_form
from tests.factories import make_booking, make_clinic, make_slot

pytestmark = pytest.mark.django_db
PHOENIX = ZoneInfo("America/Phoenix")


@pytest.fixture(autouse=True)
def clinic():
    return make_clinic()


def address(booking):
    return f"/bookings/{tokens.url_token(booking)}/"


def keyed(booking):
    """The hidden fields of the form that cancels ``booking``, as its page shows it now."""
    key = tokens.change_key(booking, tokens.CANCEL)
    return {"change_key": key, "version": booking.version}


def state(booking):
    return Booking.objects.get(pk=booking.pk).state


def test_the_page_shows_the_call_on_the_clinics_clock(client):
    slot = make_slot(starts_at=datetime(2030, 7, 1, 16, tzinfo=UTC))
    booking = make_booking(slot=slot, message="It clicks.")

    page = client.get(address(booking)).text

    assert "Monday, July 1, 2030 at 9:00 AM Arizona time (MST)" in page
    assert "We have your request" in page
    assert "It clicks." in page


def test_the_page_leaves_room_for_the_visitors_own_clock(client):
    slot = make_slot(starts_at=datetime(2030, 7, 1, 16, tzinfo=UTC))

    page = client.get(address(make_booking(slot=slot))).text

    own = (
        '<local-time datetime="2030-07-01T16:00:00+00:00" zone="America/Phoenix" long>'
    )
    assert page.count(own) == 1


@pytest.mark.parametrize(
    ("fields", "states"),
    [
        ({"state": "requested"}, ["done", "now", "next"]),
        ({"state": "confirmed"}, ["done", "done", "now"]),
        ({"state": "completed"}, ["done", "done", "done"]),
        ({"state": "declined"}, []),
        ({"state": "cancelled_by_visitor"}, []),
        ({"kind": "say_hi"}, ["done", "now"]),
        ({"kind": "say_hi", "state": "completed"}, ["done", "done"]),
    ],
)
def test_the_page_says_what_is_done_and_what_comes_next(client, fields, states):
    page = client.get(address(make_booking(**fields))).text

    assert re.findall(r"progress__step--(\w+)", page) == states


@pytest.mark.parametrize("a_state", State)
def test_the_page_opens_in_every_state(client, a_state):
    booking = make_booking(state=a_state)

    assert client.get(address(booking)).text.count("<h1>") == 1


def test_the_title_and_the_address_hold_nothing_of_the_visitors(client):
    booking = make_booking(name="Ada", message="canary")

    page = client.get(address(booking)).text

    title = re.search(r"<title>(.*?)</title>", page, re.DOTALL).group(1)
    assert "Your request" in title
    assert "Ada" not in title
    assert "canary" not in title


def test_the_page_is_private_to_who_has_its_address(client):
    response = client.get(address(make_booking()))

    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["X-Robots-Tag"] == "noindex"
    assert response.cookies == {}


def test_the_page_costs_five_queries(client, django_assert_num_queries):
    place = address(make_booking())

    with django_assert_num_queries(5):
        client.get(place)


def test_a_link_that_does_not_work_says_kindly_what_to_do(client):
    page = client.get("/bookings/forged/")

    assert "Look for the newest mail from us" in page.text
    assert "no-store" in page["Cache-Control"]


def test_a_link_expires_when_the_contact_details_are_deleted(client):
    booking = make_booking(state="completed")
    Booking.objects.update(email="", name="")

    assert client.get(address(booking)).status_code == 404


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    "forge",
    [
        lambda booking: booking.public_id,
        lambda booking: booking.reference,
        lambda booking: str(booking.pk),
        lambda booking: tokens.change_key(booking, tokens.CANCEL),
        lambda booking: tokens.url_token(booking)[:-1],
        lambda booking: tokens.url_token(booking).swapcase(),
        lambda booking: "é" * 300,
    ],
    ids=["id", "reference", "pk", "other purpose", "cut", "altered", "not ascii"],
)
def test_a_forged_address_is_not_found(client, forge, method):
    booking = make_booking()

    response = getattr(client, method)(
        f"/bookings/{forge(booking)}/",
        keyed(booking),
    )

    assert response.status_code == 404
    assert state(booking) == "requested"


def test_a_true_token_of_a_request_that_is_gone_is_not_found(client):
    booking = make_booking()
    place = address(booking)
    booking.delete()

    assert client.get(place).status_code == 404


@pytest.mark.parametrize("method", ["get", "head"])
def test_opening_the_link_changes_nothing(client, method):
    booking = make_booking()

    getattr(client, method)(address(booking), keyed(booking))

    assert state(booking) == "requested"


@pytest.mark.parametrize("method", ["put", "delete", "patch", "options"])
def test_other_methods_are_refused(client, method):
    assert getattr(client, method)(address(make_booking())).status_code == 405


def test_one_confirming_post_cancels(client):
    booking = make_booking(state="confirmed")
    form = own_form(client.get(address(booking)))

    response = client.post(address(booking), form)

    assert response.status_code == 303
    assert state(booking) == "cancelled_by_visitor"
    receipt = client.get(response["Location"]).text
    assert "Your call is cancelled" in receipt
    assert 'href="/book/">Book another call' in receipt


@pytest.mark.parametrize("key", ["", "made-up", "\x00", "é"])
def test_a_post_without_the_pages_key_changes_nothing(client, key):
    booking = make_booking()

    response = client.post(address(booking), {"change_key": key, "version": 1})

    assert response.status_code == 409
    assert state(booking) == "requested"


def test_a_page_that_was_opened_before_a_change_cancels_nothing(client, staff):
    booking = make_booking()
    place = address(booking)
    form = own_form(client.get(place))
    services.confirm(booking, by=staff)

    response = client.post(place, form)

    assert response.status_code == 409
    assert "Your call is confirmed" in response.text
    assert state(booking) == "confirmed"


def test_a_decision_that_wins_by_a_hair_is_shown(client, staff, monkeypatch):
    booking = make_booking()
    form = own_form(client.get(address(booking)))

    def decline_first(seen):
        services.decline(Booking.objects.get(pk=booking.pk), by=staff)
        transitions._decide(seen, State.CANCELLED_BY_VISITOR)

    monkeypatch.setattr(services, "cancel_by_visitor", decline_first)
    response = client.post(address(booking), form)

    assert response.status_code == 409
    assert "We cannot make this time" in response.text
    assert state(booking) == "declined"


@pytest.mark.parametrize("a_state", ["declined", "completed", "cancelled_by_clinic"])
def test_what_is_over_cannot_be_cancelled(client, a_state):
    booking = make_booking(state=a_state)

    page = client.get(address(booking))
    response = client.post(address(booking), keyed(booking))

    assert "change_key" not in page.text
    assert response.status_code == 409
    assert state(booking) == a_state


def test_a_call_that_has_started_cannot_be_cancelled(client):
    slot = make_slot(starts_at=timezone.now() - timedelta(minutes=5))
    booking = make_booking(slot=slot, state="confirmed")

    response = client.post(address(booking), keyed(booking))

    assert response.status_code == 409
    assert "can no longer be changed" in response.text


def test_an_enquiry_can_be_taken_back(client):
    booking = make_booking(kind="say_hi")
    form = own_form(client.get(address(booking)))

    client.post(address(booking), form)

    assert state(booking) == "cancelled_by_visitor"


def test_the_page_goes_on_without_what_was_deleted(client):
    booking = make_booking(name="", message="", state="completed")

    page = client.get(address(booking))

    assert page.status_code == 200
    assert "You wrote" not in page.text


def test_a_stale_page_is_told_what_changed_before_it_acts_and_its_link_goes_on(
    client, staff
):
    booking = make_booking()
    place = address(booking)
    form = own_form(client.get(place))
    services.confirm(Booking.objects.get(), by=staff)
    slot = make_slot(starts_at=datetime(2090, 7, 3, 16, tzinfo=UTC))
    services.move(Booking.objects.get(), slot, by=staff)

    stale = client.post(place, form)
    fresh = client.post(place, own_form(stale))

    assert stale.status_code == 409
    assert "so we did nothing yet" in stale.text
    assert "<li>We confirmed it.</li>" in stale.text
    assert "We moved it to Monday, July 3, 2090 at 9:00 AM Arizona time" in stale.text
    assert fresh.status_code == 303
    assert state(booking) == "cancelled_by_visitor"


@pytest.mark.parametrize("version", ["", "one", "9" * 40, "-1", "\x00"])
def test_a_version_that_is_none_changes_nothing(client, version):
    booking = make_booking()

    response = client.post(address(booking), {**keyed(booking), "version": version})

    assert response.status_code == 409
    assert state(booking) == "requested"


def test_the_news_of_a_move_is_of_a_call_to_come_alone(client):
    booking = make_booking(state="declined")

    assert "Moved" not in client.get(f"{address(booking)}?moved").text


def moved(booking, **by):
    slot = make_slot(starts_at=datetime(2090, 7, 3, 16, tzinfo=UTC))
    services.move(Booking.objects.get(pk=booking.pk), slot, **by)


def title(client, booking):
    page = client.get(f"{address(booking)}?moved").text
    return re.search("<h1>(.*?)</h1>", page)[1]


def test_moved_is_said_when_it_was_moved_and_by_whom(client, staff):
    booking = make_booking(state="confirmed")
    assert title(client, booking) == "Your call is confirmed"

    moved(booking, by=staff)
    page = client.get(address(booking)).text
    assert title(client, booking) == "We moved your call"
    assert f"It was on {moment_words(booking.slot.starts_at, PHOENIX)}." in page

    services.move(Booking.objects.get(), make_slot())
    assert title(client, booking) == "Moved: your call has a new time"


def test_a_move_that_was_undone_or_answered_is_news_no_more(client, staff):
    undone, answered = make_booking(), make_booking(email="b@example.com")
    moved(undone, by=staff)
    services.take_back(Booking.objects.get(pk=undone.pk), by=staff)
    moved(answered, by=staff)
    services.confirm(Booking.objects.get(pk=answered.pk), by=staff)

    assert title(client, undone) == "We have your request"
    assert title(client, answered) == "Your call is confirmed"
