"""The sheet of one day's calls."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from tests.factories import make_booking, make_clinic, make_slot

pytestmark = pytest.mark.django_db
DAY = "/admin/bookings/booking/day/"


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(datetime(2026, 7, 1, 19, tzinfo=UTC), tick=False):
        yield


def call(name, *moment, state="confirmed", **fields):
    slot = make_slot(starts_at=datetime(*moment, tzinfo=UTC))
    return make_booking(name=name, slot=slot, state=state, **fields)


def names(response):
    return [booking.name for booking in response.context["calls"]]


def test_the_sheet_shows_todays_calls_in_order_with_what_one_needs_on_the_phone(
    staff_client,
):
    make_clinic()
    call("Zoe", 2026, 7, 1, 16, phone="+16025550123", message="My knee clicks.")
    call("Ada", 2026, 7, 1, 20, state="requested")
    call("Off", 2026, 7, 1, 18, state="declined")
    call("Tomorrow", 2026, 7, 2, 18)

    page = staff_client.get(DAY)

    assert names(page) == ["Zoe", "Ada"]
    for shown in ["9:00 AM", "Zoe", "(602) 555-0123", "My knee clicks.", "Confirmed"]:
        assert shown in page.text
    assert "Zoe" not in page.text[: page.text.index("</title>")]


def test_a_number_of_another_country_is_printed_with_its_country_code(staff_client):
    make_clinic()
    call("Zoe", 2026, 7, 1, 16, phone="+493012345678")

    assert ">+49 30 12345678<" in staff_client.get(DAY).text


def test_a_day_is_a_day_on_the_clinics_clock(staff_client):
    make_clinic()  # Phoenix: UTC-7
    call("Late", 2026, 7, 2, 6, 30)
    call("Next", 2026, 7, 2, 7)

    assert names(staff_client.get(f"{DAY}?date=2026-07-01")) == ["Late"]
    assert names(staff_client.get(f"{DAY}?date=2026-07-02")) == ["Next"]


@pytest.mark.parametrize(
    ("day", "begins", "hours"),
    [
        ("2026-03-08", datetime(2026, 3, 8, 5, tzinfo=UTC), 23),
        ("2026-11-01", datetime(2026, 11, 1, 4, tzinfo=UTC), 25),
    ],
)
def test_a_day_on_which_the_clock_changes_is_shorter_or_longer(
    staff_client, day, begins, hours
):
    make_clinic(time_zone="America/New_York")
    for name, at in [
        ("before", begins - timedelta(minutes=30)),
        ("first", begins),
        ("last", begins + timedelta(hours=hours, minutes=-30)),
        ("after", begins + timedelta(hours=hours)),
    ]:
        make_booking(name=name, slot=make_slot(starts_at=at), state="confirmed")

    assert names(staff_client.get(f"{DAY}?date={day}")) == ["first", "last"]


def test_one_leafs_from_day_to_day(staff_client):
    page = staff_client.get(f"{DAY}?date=2026-07-03").text

    for day in ["2026-07-02", "2026-07-04", "2026-07-01"]:
        assert f'href="?date={day}"' in page


@pytest.mark.parametrize(
    "text", ["", "tomorrow", "2026-13-01", "0001-01-01", "9999-12-31", "2026-07-01x"]
)
def test_a_day_that_does_not_exist_is_said_and_today_shown(staff_client, text):
    page = staff_client.get(DAY, {"date": text})

    assert page.status_code == 400
    assert "There is no such day." in page.text
    assert str(page.context["day"]) == "2026-07-01"


@pytest.mark.parametrize("count", [1, 12])
def test_the_sheet_costs_the_same_however_full_the_day_is(
    staff_client, django_assert_num_queries, count
):
    make_clinic()
    for hour in range(count):
        call("Ada", 2026, 7, 1, 8 + hour)

    with django_assert_num_queries(9):
        staff_client.get(DAY)
