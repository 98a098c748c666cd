"""Staff enter a clinician's other calendar, see how it is read, and which booked calls it hits."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bookings.availability.slots import make_slots
from bookings.models import BusyTime, ExternalCalendar, Slot
from tests.admin_forms import seen_state
from tests.bookings.desk import QUEUE, in_bulk, listed, page_of, said
from tests.factories import (
    make_booking,
    make_clinician,
    make_external_calendar,
    make_hours,
    make_slot,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clinic")]
LIST = "/admin/bookings/externalcalendar/"
SECRET = "private-c2VjcmV0"
NEW = "webcal://calendar.example/private-TmV1/basic.ics"
HOUR = timedelta(hours=1)


@pytest.fixture
def other():
    return make_external_calendar(clinician=make_clinician(name="Ana Ruiz"))


@pytest.fixture
def save(staff_client):
    def post(calendar, **typed):
        form = {"secret_address": "", "seen_state": seen_state(calendar), **typed}
        return staff_client.post(page_of(calendar), form, follow=True)

    return post


def hit(calendar):
    """A booked call that a busy time of ``calendar`` hits."""
    slot = make_slot(clinician=calendar.clinician)
    booking = make_booking(slot=slot, state="confirmed")
    calendar.busy_times.create(starts_at=slot.starts_at, ends_at=slot.ends_at)
    return booking


def now(calendar):
    return ExternalCalendar.objects.get(pk=calendar.pk)


def test_an_address_is_entered_and_not_shown_again(staff_client):
    clinician = make_clinician()

    staff_client.post(f"{LIST}add/", {"clinician": clinician.pk, "secret_address": NEW})

    saved = ExternalCalendar.objects.get()
    assert saved.address == "https://calendar.example/private-TmV1/basic.ics"
    for page in [page_of(saved), LIST, f"{page_of(saved)}../history/", "/admin/"]:
        text = staff_client.get(page, follow=True).text
        assert "TmV1" not in text
        assert "calendar.example" in text or page == "/admin/"


def test_neither_the_log_of_changes_nor_a_page_of_deletion_tells_it(staff_client, other, save):  # fmt: skip
    save(other, secret_address=NEW)
    asked = staff_client.get(f"{LIST}{other.pk}/delete/").text
    staff_client.post(f"{LIST}{other.pk}/delete/", {"post": "yes"})

    logged = str(list(LogEntry.objects.values()))
    assert "secret_address" in logged
    assert "private" not in logged + asked


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("http://calendar.example/a.ics", "has to begin with https://"),
        ("https://10.0.0.1/a.ics", "into a private network"),
        ("https://calendar.example/a b", "a space, a line break"),
        ("", "This field is required."),
        ("https://x.example/" + "a" * 1000, "at most 1000 characters"),
    ],
)
def test_what_cannot_be_an_address_is_told_and_kept(staff_client, typed, words):
    form = {"clinician": make_clinician().pk, "secret_address": typed}

    page = staff_client.post(f"{LIST}add/", form)

    assert page.status_code == 200
    assert words in page.text
    assert f'value="{typed}"' in page.text or not typed
    assert not ExternalCalendar.objects.exists()


def test_an_empty_address_keeps_the_one_that_there_is(other, save):
    save(other)

    assert SECRET in now(other).address


def test_a_new_address_is_read_at_once_and_what_was_known_counts_until_then(
    other, save
):
    other.busy_times.create(starts_at=timezone.now(), ends_at=timezone.now() + HOUR)
    ExternalCalendar.objects.update(
        read_at=timezone.now(), etag="7", next_attempt_at=timezone.now() + HOUR
    )

    save(other, secret_address=NEW)

    assert (now(other).read_at, now(other).etag) == (None, "")
    assert "TmV1" in now(other).address
    assert list(ExternalCalendar.objects.due()) == [other]
    assert BusyTime.objects.count() == 1


def test_saving_a_form_undoes_nothing_that_the_worker_wrote_meanwhile(other, save, monkeypatch):  # fmt: skip
    real = ExternalCalendar.save

    def save_later(row, **options):
        ExternalCalendar.objects.update(attempts=7)
        real(row, **options)

    monkeypatch.setattr(ExternalCalendar, "save", save_later)

    save(other, secret_address=NEW)

    assert now(other).attempts == 7


def test_check_now_has_the_worker_ask_at_once(staff_client, other, save):
    later = timezone.now() + HOUR
    ExternalCalendar.objects.update(next_attempt_at=later)
    assert "Check now" in staff_client.get(page_of(other)).text

    response = save(other, _check_now="Check now")

    assert list(ExternalCalendar.objects.due()) == [other]
    assert response.redirect_chain[-1][0] == page_of(other)
    assert "will be read within a minute" in " ".join(said(response))

    ExternalCalendar.objects.update(next_attempt_at=later)
    in_bulk(staff_client, ExternalCalendar, "check_now", [other])
    assert list(ExternalCalendar.objects.due()) == [other]


def test_check_now_says_so_when_the_clinician_has_left(staff_client, other):
    other.clinician.archive(on=timezone.localdate())

    response = in_bulk(staff_client, ExternalCalendar, "check_now", [other])

    assert said(response) == ["Nothing to read: the clinician has left."]


@pytest.mark.parametrize(
    ("stored", "words"),
    [
        ({}, "To be read within a minute"),
        ({"read": 0}, "Fine"),
        ({"read": 7}, "Nobody has read it for long"),
        ({"read": 1, "last_error": "no answer"}, "No answer. What it said last still"),
        ({"last_error": "no answer"}, "No answer. It is tried again."),
        ({"read": 0, "unclear_events": 2}, "2: a broken date"),
    ],
)
def test_its_page_says_how_it_stands(staff_client, other, stored, words):
    fields = {name: value for name, value in stored.items() if name != "read"}
    if "read" in stored:
        fields["read_at"] = timezone.now() - stored["read"] * HOUR
    ExternalCalendar.objects.update(**fields)

    assert words in staff_client.get(page_of(other)).text


def test_its_page_counts_the_busy_times_of_the_next_four_weeks(staff_client, other):
    for days in [-1, 0, 1, 27, 29]:
        starts = timezone.now() + timedelta(days=days, minutes=-30)
        other.busy_times.create(starts_at=starts, ends_at=starts + HOUR)

    row = staff_client.get(LIST).context["cl"].result_list[0]

    assert row.busy_ahead == 3


def test_a_stale_calendar_stands_on_the_front_page_and_with_the_hours(
    staff_client, other
):
    hours = f"/admin/bookings/weeklyhours/week/?clinician={other.clinician_id}"
    told = "The calendar of Ana Ruiz (calendar.example)"
    for page in ["/admin/", hours]:
        assert told not in staff_client.get(page).text
    ExternalCalendar.objects.update(read_at=timezone.now() - 7 * HOUR)

    for page in ["/admin/", hours]:
        text = staff_client.get(page).text
        assert f"{told} was last read 7\xa0hours ago." in text
        assert page_of(other) in text


def test_the_week_of_a_clinician_names_their_calendars_and_leads_to_a_new_one(staff_client, other):  # fmt: skip
    page = staff_client.get(
        f"/admin/bookings/weeklyhours/week/?clinician={other.clinician_id}"
    )

    assert f'<a href="{page_of(other)}">calendar.example</a>' in page.text
    assert f"{LIST}add/?clinician={other.clinician_id}" in page.text


def test_a_call_that_is_hit_is_told_on_the_front_page_in_the_queue_and_on_its_page(staff_client, other):  # fmt: skip
    make_booking(state="confirmed")
    assert "into a busy time" not in staff_client.get("/admin/").text
    booking = hit(other)
    mark = "Hit by a busy time in the calendar of Ana Ruiz"

    front = staff_client.get("/admin/").text

    assert "1 booked call runs into a busy time" in front
    assert "?when=busy" in front
    assert listed(staff_client, "when=busy") == [booking.reference]
    assert staff_client.get(f"{QUEUE}?when=upcoming").text.count(mark) == 1
    assert mark in staff_client.get(page_of(booking)).text


def test_many_hit_calls_and_calendars_cost_as_many_queries_as_one(staff_client, other):
    def cost(page):
        with CaptureQueriesContext(connection) as asked:
            assert staff_client.get(page).status_code == 200
        return len(asked)

    pages = [f"{QUEUE}?when=busy", LIST, "/admin/"]
    hit(other)
    ExternalCalendar.objects.update(read_at=timezone.now() - 7 * HOUR)
    for page in pages:
        staff_client.get(page)
    before = [cost(page) for page in pages]
    for _ in range(5):
        hit(make_external_calendar(last_error="no answer"))

    assert [cost(page) for page in pages] == before


@pytest.mark.parametrize("how", ["page", "list"])
def test_a_calendar_that_is_deleted_gives_its_times_back(staff_client, how, django_capture_on_commit_callbacks):  # fmt: skip
    other = make_external_calendar(clinician=make_hours().clinician)
    make_slots()
    slot = Slot.objects.first()
    other.busy_times.create(starts_at=slot.starts_at, ends_at=slot.ends_at)
    make_slots()
    assert not Slot.objects.filter(starts_at=slot.starts_at, state="open").exists()

    with django_capture_on_commit_callbacks(execute=True):
        if how == "page":
            staff_client.post(f"{LIST}{other.pk}/delete/", {"post": "yes"})
        else:
            data = {"action": "delete_selected", "_selected_action": [other.pk]}
            staff_client.post(LIST, {**data, "post": "yes"})

    assert Slot.objects.filter(starts_at=slot.starts_at, state="open").exists()


def test_an_address_that_is_sent_after_the_session_has_ended_travels_nowhere(client):
    form = {"secret_address": NEW, "clinician": "7"}

    page = client.post(f"{LIST}add/", form, follow=True)

    assert "clinician" in page.text  # what is no secret is kept
    assert "TmV1" not in page.text
    assert not any("TmV1" in str(each.get_decoded()) for each in Session.objects.all())
