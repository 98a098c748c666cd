"""A week of call times at a glance."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine

from bookings.models import Closure
from tests.bookings.desk import QUEUE
from tests.factories import (
    make_booking,
    make_clinician,
    make_external_calendar,
    make_slot,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clinic")]
WEEK = f"{QUEUE}week/"
MONDAY = datetime(2026, 7, 6, 16, tzinfo=UTC)  # nine in Phoenix


@pytest.fixture(autouse=True)
def wednesday():
    with time_machine.travel(datetime(2026, 7, 8, 19, tzinfo=UTC)):
        yield


def entries(client, query=""):
    page = client.get(f"{WEEK}{query}")
    return {
        day.day: [(entry.at, entry.state) for entry in day.entries]
        for day in page.context["days"]
        if day.entries
    }


def test_it_shows_what_is_free_taken_and_blocked(staff_client):
    nick = make_clinician(name="Nick")
    free, taken, blocked, withdrawn = [
        make_slot(clinician=nick, starts_at=MONDAY + timedelta(days=3, hours=n))
        for n in range(4)
    ]
    type(free).objects.filter(pk=blocked.pk).update(state="blocked")
    type(free).objects.filter(pk=withdrawn.pk).update(state="withdrawn")
    make_booking(slot=taken, name="Rosa", state="confirmed")

    page = staff_client.get(WEEK).text

    assert entries(staff_client) == {
        date(2026, 7, 9): [
            ("9:00 AM", "free"),
            ("10:00 AM", "taken"),
            ("11:00 AM", "blocked"),
        ]
    }
    assert ">Rosa</a>, Confirmed" in page
    assert "Nick" not in page


def test_who_is_hidden_offers_nothing_and_keeps_the_calls_that_are_booked(
    staff_client,
):
    nick = make_clinician(is_shown=False)
    make_slot(clinician=nick, starts_at=MONDAY)
    taken = make_slot(clinician=nick, starts_at=MONDAY + timedelta(hours=1))
    make_booking(slot=taken, state="confirmed")

    assert entries(staff_client) == {date(2026, 7, 6): [("10:00 AM", "taken")]}


@pytest.mark.parametrize(
    ("state", "shown"),
    [("declined", "free"), ("no_show", "taken"), ("cancelled_by_visitor", "free")],
)
def test_a_call_that_was_called_off_leaves_its_time_free(staff_client, state, shown):
    make_booking(slot=make_slot(starts_at=MONDAY), state=state)

    assert entries(staff_client) == {MONDAY.date(): [("9:00 AM", shown)]}


def test_it_says_whose_each_time_is_where_there_are_several(staff_client):
    make_slot(clinician=make_clinician(name="Nick"), starts_at=MONDAY)
    make_slot(clinician=make_clinician(name="Rae"), starts_at=MONDAY)

    page = staff_client.get(WEEK).text

    assert (page.count(">Nick<"), page.count(">Rae<")) == (1, 1)


def test_a_time_late_in_the_evening_is_on_its_day_of_the_clinics_clock(staff_client):
    make_slot(starts_at=datetime(2026, 7, 10, 5, tzinfo=UTC))

    assert entries(staff_client) == {date(2026, 7, 9): [("10:00 PM", "free")]}


def test_it_turns_to_other_weeks(staff_client):
    make_slot(starts_at=MONDAY + timedelta(days=7))

    assert entries(staff_client) == {}
    assert len(entries(staff_client, "?date=2026-07-15")) == 1
    page = staff_client.get(WEEK).text
    assert "?date=2026-07-13" in page
    assert "?date=2026-06-29" in page


def test_it_names_closures_and_time_off(staff_client):
    nick = make_clinician(name="Nick")
    day = {"first_day": date(2026, 7, 9), "last_day": date(2026, 7, 9)}
    Closure.objects.create(**day)
    Closure.objects.create(**day, clinician=nick, starts=time(9), ends=time(10))

    page = staff_client.get(WEEK).text

    assert ">Closed</p>" in page
    assert "Nick is off 9:00 AM to 10:00 AM" in page


def test_a_day_that_does_not_exist_is_said_so(staff_client):
    page = staff_client.get(f"{WEEK}?date=2026-02-30")

    assert page.status_code == 400
    assert "There is no such day" in page.text


@pytest.mark.parametrize("count", [1, 12])
def test_it_costs_the_same_however_full_the_week_is(
    staff_client, django_assert_num_queries, count
):
    for number in range(count):
        slot = make_slot(starts_at=MONDAY + timedelta(hours=number))
        make_booking(slot=slot)

    with django_assert_num_queries(12):
        staff_client.get(WEEK)


def busy(client, *spans, clinician=None):
    """What the page says of each day, after a calendar said that its clinician is busy in ``spans``."""
    nick = clinician or make_clinician(name="Nick")
    other = make_external_calendar(clinician=nick)
    for starts, ends in spans:
        other.busy_times.create(starts_at=starts, ends_at=ends)
    return {
        day.day.day: [(each.clinician, each.words) for each in day.busy]
        for day in client.get(WEEK).context["days"]
        if day.busy
    }


def test_it_shows_when_a_clinician_is_busy_elsewhere(staff_client):
    hour = timedelta(hours=1)

    found = busy(
        staff_client, (MONDAY, MONDAY + hour), (MONDAY + 2 * hour, MONDAY + 4 * hour)
    )

    assert found == {
        6: [("Nick", "9:00 AM to 10:00 AM"), ("Nick", "11:00 AM to 1:00 PM")]
    }
    assert "Nick is busy elsewhere: 9:00 AM to 10:00 AM" in staff_client.get(WEEK).text


def test_what_lasts_for_days_stands_on_each_of_them(staff_client):
    evening = MONDAY + timedelta(hours=11)  # eight

    found = busy(staff_client, (evening, evening + timedelta(days=2)))

    assert found == {
        6: [("Nick", "8:00 PM to midnight")],
        7: [("Nick", "all day")],
        8: [("Nick", "12:00 AM to 8:00 PM")],
    }


def test_other_weeks_and_who_has_left_are_not_busy_here(staff_client):
    week, hour = timedelta(days=7), timedelta(hours=1)
    gone = make_clinician(archived_on=date(2026, 7, 1), is_shown=False)

    assert busy(staff_client, (MONDAY + week, MONDAY + week + hour)) == {}
    assert busy(staff_client, (MONDAY, MONDAY + hour), clinician=gone) == {}


def test_two_calendars_that_say_the_same_say_it_once(staff_client):
    nick, span = make_clinician(name="Nick"), (MONDAY, MONDAY + timedelta(hours=1))
    busy(staff_client, span, clinician=nick)

    assert busy(staff_client, span, clinician=nick) == {
        6: [("Nick", "9:00 AM to 10:00 AM")]
    }


def test_a_time_that_is_offered_to_the_waiting_list_says_so(staff_client):
    make_slot(starts_at=MONDAY, state="held")

    assert entries(staff_client) == {date(2026, 7, 6): [("9:00 AM", "held")]}
    assert "Offered to the waiting list" in staff_client.get(WEEK).text
