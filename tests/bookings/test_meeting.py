"""How a call takes place: the same words on page, in mail and in the calendar file."""

import re
from datetime import UTC, datetime
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
import vobject
from django.core import mail as post
from django.db import IntegrityError, transaction

from bookings.mail import outbox
from bookings.models import AppointmentKind, Booking
from bookings.tokens import url_token
from tests.admin_forms import filled
from tests.bookings.posting import WORDS, ask_for, errors, idempotency_key
from tests.factories import make_booking, make_mail, make_slot

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("clinic"),
    pytest.mark.same_on_any_database("how a call is worded is asked of Python alone"),
]

ROOM = "https://video.example/our-room"
KIND = "/admin/bookings/appointmentkind/"
PHONE = {"phone": "+16025550123"}
IN_PERSON = {
    "mode": "in_person",
    "place": "1 Main Street\nPhoenix",
    "directions": "Park behind the house.",
    "map_url": "https://map.example/1",
}
CASES = [
    ({"mode": "clinic_calls"}, PHONE, ["We call you on (602) 555-0123."]),
    (
        {"mode": "clinic_calls"},
        {"phone": "+442079460958"},
        ["We call you on +44 20 7946 0958."],
    ),
    ({"mode": "visitor_calls"}, {}, ["You call us on (623) 555-0142."]),
    ({"mode": "video", "video_url": ROOM}, {}, ["We meet by video.", ROOM]),
    (
        IN_PERSON,
        {},
        ["You come to us:", "1 Main Street", "Phoenix", "Park behind the house."],
    ),
]
every_mode = pytest.mark.parametrize(
    ("kind", "visitor", "words"), CASES, ids=lambda case: str(case)[:40]
)


@pytest.fixture(autouse=True)
def phone(clinic):
    clinic.phone, clinic.email = "+16235550142", "desk@example.com"
    clinic.save()


def make_kind(**fields):
    return AppointmentKind.objects.create(**fields)


def page_of(booking):
    return f"/bookings/{url_token(booking)}/"


@every_mode
def test_the_visitors_page_says_it(client, kind, visitor, words):
    make_kind(**kind)

    page = client.get(page_of(make_booking(state="confirmed", **visitor))).text

    assert [each for each in words if each not in page] == []


@pytest.mark.parametrize("mail", ["received", "confirmed", "moved", "reminder"])
@every_mode
def test_each_mail_about_a_call_to_come_says_it(kind, visitor, words, mail):
    make_kind(**kind)
    booking = make_booking(state="confirmed", **visitor)
    make_mail(booking=booking, kind=mail)

    outbox.deliver()

    (message,) = post.outbox
    for part in [message.body, message.alternatives[0].content]:
        assert [each for each in words if each not in part] == []


@every_mode
def test_the_calendar_file_says_it_and_where(client, kind, visitor, words):
    make_kind(**kind, name="First visit")
    booking = make_booking(state="confirmed", **visitor)

    event = vobject.readOne(client.get(f"{page_of(booking)}invite.ics").text).vevent

    assert [each for each in words if each not in event.description.value] == []
    assert event.location.value
    assert event.summary.value == "First visit with KneeCare"


@pytest.mark.parametrize("state", ["requested", "declined", "cancelled_by_visitor"])
def test_the_link_of_a_video_call_is_told_to_whom_is_confirmed_alone(client, state):
    make_kind(mode="video", video_url=ROOM)
    booking = make_booking(state=state)
    make_mail(booking=booking, kind="received")

    outbox.deliver()

    said = client.get(page_of(booking)).text + str(post.outbox[0].message())
    said += client.get(f"{page_of(booking)}invite.ics").text
    assert ROOM not in said
    assert ROOM not in client.get("/book/").text


def test_the_booking_page_names_the_kind_and_how_it_happens(client):
    make_kind(name="First visit", price="", **IN_PERSON)

    page = client.get("/book/").text

    assert "<h1>Book your First visit</h1>" in page
    assert "You come to us:<br>1 Main Street" in page


def test_who_is_called_gives_a_phone_number(client):
    make_kind(mode="clinic_calls")

    response = ask_for(client, make_slot(), phone="")

    assert response.status_code == 422
    assert "Give your phone number, so that we can call you." in errors(response)[0]
    assert not Booking.objects.exists()


def test_who_meets_by_video_need_not(client):
    make_kind(mode="video", video_url=ROOM)

    assert ask_for(client, make_slot(), phone="").status_code == 303


def test_who_asks_to_be_called_back_gives_a_phone_number_however_calls_happen(client):
    make_kind(mode="video", video_url=ROOM)

    response = ask_for(client, "call_back", phone="")

    assert response.status_code == 422
    assert "Give your phone number" in errors(response)[0]


def test_a_tick_to_be_called_back_counts_and_not_the_time_that_was_chosen_before(
    client,
):
    """A radio button cannot be unchosen: both come in one form."""
    key = idempotency_key(client.get("/book/"))
    data = {**WORDS, **PHONE, "consent": "on", "idempotency_key": key}

    client.post("/book/", {**data, "slot": [make_slot().pk, "call_back"]})

    assert Booking.objects.get().is_call_back


def test_to_be_called_back_is_no_radio_button(client):
    make_slot()

    page = client.get("/book/").text

    assert '<input class="slot-picker__input" type="checkbox" name="slot"' in page


@pytest.mark.parametrize(
    "fields",
    [{"mode": "video"}, {"mode": "by pigeon"}],
    ids=["video without a link", "unknown"],
)
def test_the_database_refuses_a_kind_that_nobody_could_keep(fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_kind(**fields)


def test_the_database_refuses_a_request_of_nobody_who_can_be_reached():
    with pytest.raises(IntegrityError, match="whoever_asks_can_be_reached"):
        make_booking(email="", phone="")


def save(staff_client, kind, **fields):
    url = f"{KIND}{kind.pk}/change/"
    form = filled(staff_client.get(url)) | fields
    return staff_client.post(url, form, follow=True)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"mode": "video"}, "Give the link that opens the video call."),
        ({"mode": "visitor_calls"}, "Give the clinic a phone number first"),
        ({"mode": "in_person"}, "Say where it is."),
    ],
    ids=lambda each: str(each)[:30],
)
def test_staff_are_told_what_a_way_needs(staff_client, clinic, fields, words):
    clinic.phone = ""
    clinic.save()
    kind = make_kind()

    page = save(staff_client, kind, **fields)

    assert words in page.text
    assert AppointmentKind.objects.get().mode == "clinic_calls"


def test_staff_who_change_the_way_are_told_of_the_calls_that_were_booked_before(
    staff_client,
):
    kind = make_kind(mode="video", video_url=ROOM)
    make_booking(state="confirmed")
    make_booking(state="confirmed", **PHONE)

    page = save(staff_client, kind, mode="clinic_calls")

    assert "2 booked calls to come now show this. No mail was sent" in page.text
    assert "1 of them gave no phone number" in page.text


def test_there_is_one_kind_and_staff_change_it(staff_client):
    make_kind()

    assert staff_client.get(f"{KIND}add/").status_code == 403
    assert staff_client.get(KIND).status_code == 302


def test_a_call_can_be_put_into_calendars_on_the_web_without_a_word_of_the_visitors(
    client,
):
    make_kind(mode="clinic_calls")
    slot = make_slot(starts_at=datetime(2030, 7, 1, 16, tzinfo=UTC))
    booking = make_booking(
        slot=slot, state="confirmed", name="Rosa", message="My knee.", **PHONE
    )

    page = client.get(page_of(booking)).text

    google, outlook = re.findall(r'<a href="(https://[^"]+)" rel="noreferrer">', page)
    said = parse_qs(urlsplit(unescape(google)).query)
    assert said["dates"] == ["20300701T160000Z/20300701T163000Z"]
    assert said["text"] == ["Discovery Call with KneeCare"]
    said = parse_qs(urlsplit(unescape(outlook)).query)
    assert said["startdt"] == ["2030-07-01T16:00:00+00:00"]
    for ours in ["Rosa", "knee.", "0123", booking.email, url_token(booking)]:
        assert ours not in google + outlook


def test_a_call_that_was_called_off_goes_into_no_calendar(client):
    page = client.get(page_of(make_booking(state="declined"))).text

    assert "calendar.google" not in page
