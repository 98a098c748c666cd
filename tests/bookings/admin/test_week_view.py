"""A week of call times at a glance."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine

from bookings.models import Closure
from tests.bookings.desk import QUEUE
from tests.factories import make_booking, make_clinician, make_slot

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

    with django_assert_num_queries(11):
        staff_client.get(WEEK)
