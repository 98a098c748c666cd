"""The calendar file, as a second library reads it."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import vobject
from django.core import mail as post

from bookings import services
from bookings.mail import outbox
from bookings.tokens import url_token
from tests.factories import (
    make_booking,
    make_call_settings,
    make_clinic,
    make_mail,
    make_program,
    make_slot,
)

pytestmark = [pytest.mark.django_db, pytest.mark.same_on_any_database("texts")]

CANARY = "canary-in-the-words"
START = datetime(2030, 7, 1, 16, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clinic():
    return make_clinic(email="desk@example.com")


def call(**fields):
    slot = make_slot(starts_at=fields.pop("starts_at", START))
    return make_booking(**({"slot": slot, "state": "confirmed"} | fields))


def download(client, booking):
    response = client.get(f"/bookings/{url_token(booking)}/invite.ics")
    return response, vobject.readOne(response.text)


def mailed():
    """The calendar in the last mail, and the method that its part names."""
    outbox.deliver()
    (part,) = post.outbox[-1].attachments
    return vobject.readOne(part.get_payload(decode=True).decode()), part.get_param(
        "method"
    )


def test_the_file_says_when_where_and_nothing_else(client):
    booking = call(message=CANARY, name=CANARY, phone="+16025550123")

    response, calendar = download(client, booking)

    event = calendar.vevent
    assert response["Content-Type"].startswith("text/calendar")
    assert "no-store" in response["Cache-Control"]
    assert event.dtstart.value == START
    assert event.dtend.value == booking.slot.ends_at
    # A calendar may be shared at work.
    assert getattr(event, "class").value == "PRIVATE"
    assert event.dtstart.value.tzname() == "UTC"
    assert event.summary.value == "Discovery Call with KneeCare"
    assert "9:00 AM Arizona time (MST)" in event.description.value
    for private in [CANARY, "6025550123", url_token(booking), booking.public_id]:
        assert private not in response.text.replace("\r\n ", "")


@pytest.mark.parametrize(
    ("state", "method", "status"),
    [
        ("requested", "PUBLISH", "TENTATIVE"),
        ("confirmed", "PUBLISH", "CONFIRMED"),
        ("declined", "CANCEL", "CANCELLED"),
        ("cancelled_by_clinic", "CANCEL", "CANCELLED"),
    ],
)
def test_the_file_follows_the_state(client, state, method, status):
    _, calendar = download(client, call(state=state))

    assert calendar.method.value == method
    assert calendar.vevent.status.value == status
    # Only what is mailed invites: a file that is passed on names nobody.
    assert hasattr(calendar.vevent, "attendee") == (method == "CANCEL")


def test_the_same_call_keeps_its_uid_and_counts_its_versions(client, staff):
    booking = call(state="requested")
    files = [download(client, booking)[1]]
    services.confirm(booking, by=staff)
    files.append(download(client, booking)[1])
    services.move(booking, make_slot(), by=staff)
    files.append(download(client, booking)[1])
    services.cancel_by_visitor(booking)
    files.append(download(client, booking)[1])

    assert len({file.vevent.uid.value for file in files}) == 1
    assert [file.vevent.sequence.value for file in files] == ["1", "2", "3", "4"]
    assert [file.method.value for file in files] == ["PUBLISH"] * 3 + ["CANCEL"]
    assert files[2].vevent.dtstart.value != files[1].vevent.dtstart.value


def test_confirmed_moved_and_cancelled_calls_come_with_the_file_in_the_mail(staff):
    make_call_settings(undo_seconds=0)
    booking = call(state="requested")

    services.confirm(booking, by=staff)
    confirmed, first_method = mailed()
    later = START + timedelta(days=1)
    services.move(booking, make_slot(starts_at=later), by=staff)
    moved, _ = mailed()
    services.cancel_by_clinic(booking, by=staff)
    cancelled, last_method = mailed()

    assert (first_method, confirmed.method.value) == ("REQUEST", "REQUEST")
    assert (last_method, cancelled.method.value) == ("CANCEL", "CANCEL")
    assert confirmed.vevent.organizer.value == "mailto:desk@example.com"
    assert confirmed.vevent.attendee.value == "mailto:ada@example.com"
    assert confirmed.vevent.uid.value == cancelled.vevent.uid.value
    sequences = [each.vevent.sequence.value for each in [confirmed, moved, cancelled]]
    assert sequences == ["2", "3", "4"]
    assert moved.vevent.dtstart.value == later


def test_without_an_address_of_the_clinic_the_file_invites_nobody(clinic, staff):
    clinic.email = ""
    clinic.save()
    make_call_settings(undo_seconds=0)
    services.confirm(call(state="requested"), by=staff)

    calendar, method = mailed()

    assert (method, calendar.method.value) == ("PUBLISH", "PUBLISH")


@pytest.mark.parametrize(
    ("zone", "wall"),
    [
        ("America/New_York", datetime(2030, 3, 10, 3, 30)),  # noqa: DTZ001 - the wall clock
        ("America/New_York", datetime(2030, 11, 3, 1, 30)),  # noqa: DTZ001
        ("Europe/London", datetime(2030, 3, 31, 2, 30)),  # noqa: DTZ001
        ("Australia/Lord_Howe", datetime(2030, 10, 6, 2, 45)),  # noqa: DTZ001
    ],
)
def test_the_file_is_right_on_the_days_when_the_clock_changes(client, zone, wall):
    starts_at = wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)

    _, calendar = download(client, call(starts_at=starts_at))

    local = calendar.vevent.dtstart.value.astimezone(ZoneInfo(zone))
    assert local.replace(tzinfo=None) == wall


@pytest.mark.parametrize("kind", ["say_hi", "call_back", "join_program"])
def test_a_request_without_a_time_has_no_file(client, kind):
    program = make_program() if kind == "join_program" else None
    booking = make_booking(kind=kind, program=program)

    response = client.get(f"/bookings/{url_token(booking)}/invite.ics")

    assert response.status_code == 404


def test_the_file_is_only_read(client):
    place = f"/bookings/{url_token(call())}/invite.ics"

    assert client.head(place).status_code == 200
    assert client.post(place).status_code == 405


def test_mail_without_a_call_has_no_file():
    make_mail(booking=make_booking(kind="call_back"), kind="received")

    outbox.deliver()

    assert post.outbox[0].attachments == []
