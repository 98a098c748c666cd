"""What became of the requests, by week, kind and clinician, on the admin's front page."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from bookings import services
from bookings.dashboard.outcomes import outcomes
from bookings.models import Booking
from tests.factories import (
    make_booking,
    make_call_settings,
    make_clinic,
    make_clinician,
    make_slot,
)

pytestmark = pytest.mark.django_db
PHOENIX = ZoneInfo("America/Phoenix")
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def clock():
    """Noon of a Wednesday in Phoenix."""
    make_clinic()
    make_call_settings()
    with time_machine.travel(
        datetime(2026, 7, 1, 19, tzinfo=UTC), tick=False
    ) as traveller:
        yield traveller


def with_(clinician, **fields):
    day = timezone.now() + (3 + Booking.objects.count()) * DAY
    return make_booking(slot=make_slot(clinician=clinician, starts_at=day), **fields)


def weeks_of(group):
    """The weeks in which there was something."""
    return {day: tuple(counts) for day, counts in group.weeks if any(counts)}


def test_requests_count_in_the_week_in_which_they_came_in():
    now = timezone.now()
    make_booking(created_at=now)
    make_booking(created_at=now - 7 * DAY, state="no_show")
    make_booking(created_at=now - 100 * DAY)

    everything = outcomes(PHOENIX).everything

    assert weeks_of(everything) == {
        date(2026, 6, 29): (1, 0, 0, 0),
        date(2026, 6, 22): (1, 0, 0, 1),
    }
    assert len(everything.weeks) == 12


def test_a_call_is_followed_to_its_end(staff, clock):
    booking = make_booking()
    assert outcomes(PHOENIX).everything.total == (1, 0, 0, 0)

    services.confirm(booking, by=staff)
    assert outcomes(PHOENIX).everything.total == (1, 1, 0, 0)

    clock.shift(4 * DAY)
    services.complete(booking, by=staff)
    assert outcomes(PHOENIX).everything.total == (1, 1, 1, 0)

    services.take_back(booking, by=staff)
    services.no_show(booking, by=staff)
    assert outcomes(PHOENIX).everything.total == (1, 1, 0, 1)


def test_a_confirmed_call_that_was_cancelled_was_confirmed_all_the_same(staff):
    booking = make_booking()
    services.confirm(booking, by=staff)
    services.cancel_by_visitor(booking)

    assert outcomes(PHOENIX).everything.total == (1, 1, 0, 0)


def test_a_yes_that_was_undone_is_none(staff):
    booking = make_booking()
    services.confirm(booking, by=staff)
    services.take_back(booking, by=staff)

    assert outcomes(PHOENIX).everything.total == (1, 0, 0, 0)


def test_each_kind_and_each_clinician_stands_for_itself():
    ada, grace = make_clinician(name="Ada"), make_clinician(name="Grace")
    with_(ada, state="confirmed")
    with_(ada)
    with_(grace, state="no_show")
    make_booking(kind="say_hi", state="completed")

    found = outcomes(PHOENIX)

    assert {group.name: tuple(group.total) for group in found.groups} == {
        "All requests": (4, 1, 1, 1),
        "Discovery Call": (3, 1, 0, 1),
        "Say hi": (1, 0, 1, 0),
        "With Ada": (2, 1, 0, 0),
        "With Grace": (1, 0, 0, 1),
    }


def test_two_clinicians_of_one_name_are_two():
    with_(make_clinician(name="Ada"))
    with_(make_clinician(name="Ada"))

    assert [group.total.asked for group in outcomes(PHOENIX).clinicians] == [1, 1]


def test_what_is_the_only_kind_or_clinician_is_not_said_twice():
    make_booking()

    assert [group.name for group in outcomes(PHOENIX).groups] == ["All requests"]


def test_the_pages_that_led_to_requests_come_with_the_most_first():
    for _ in range(2):
        make_booking(referrer="/articles/knee/")
    make_booking(referrer="/")
    make_booking(referrer="")
    make_booking(referrer="/about/", created_at=timezone.now() - 100 * DAY)

    assert outcomes(PHOENIX).pages == [("/articles/knee/", 2), ("/", 1)]


def test_the_front_page_has_each_number_in_a_table(staff_client):
    make_booking(state="confirmed")
    make_booking(kind="say_hi")

    page = staff_client.get("/admin/").text

    assert "<caption>All requests, by week</caption>" in page
    assert "All requests: 2 asked, 1 confirmed, 0 kept, 0 no-shows" in page
    row = '<tr><th scope="row">Jun 29, 2026</th><td>2</td><td>1</td><td>0</td><td>0</td></tr>'
    assert row in page


def test_it_costs_two_queries_however_much_there_is(django_assert_num_queries):
    for _ in range(15):
        make_booking(referrer="/")

    with django_assert_num_queries(2):
        outcomes(PHOENIX)


def test_an_erased_person_still_counts_as_one_request(staff):
    booking = make_booking(state="confirmed")
    Booking.objects.filter(pk=booking.pk).update(name="", email="", phone="")

    assert outcomes(PHOENIX).everything.total == (1, 1, 0, 0)
