"""From weekly hours to the calendar file on the days when a clock changes, in five zones and ten years."""

from datetime import UTC, date, datetime, time, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from bookings import clock
from bookings.availability.grid import spans
from bookings.mail.ics import calendar_file
from bookings.models import AppointmentKind, Booking, Slot
from kneecare.clinic.models import Clinic

pytestmark = pytest.mark.same_on_any_database("arithmetic")

ZONES = [
    ZoneInfo(name)
    for name in [
        "America/New_York",
        "Europe/London",
        "Australia/Sydney",
        "Australia/Lord_Howe",
        "America/Phoenix",
    ]
]


def changes(zone):
    """The days of ten years on which the clock of ``zone`` changes."""
    first = date(2026, 1, 1)
    days = [first + timedelta(days=n) for n in range(3653)]
    noon = [datetime.combine(day, time(12), zone).utcoffset() for day in days]
    return [days[n] for n in range(1, len(days)) if noon[n] != noon[n - 1]]


CHANGES = {zone: changes(zone) for zone in ZONES}


@st.composite
def calls_around_a_change(draw):
    """A zone, a day at most one day from a change there, and the calls that some hours make on it."""
    zone = draw(st.sampled_from(ZONES))
    days = CHANGES[zone] or [date(2027, 3, 14)]
    day = draw(st.sampled_from(days)) + timedelta(days=draw(st.integers(-1, 1)))
    starts, ends = sorted(draw(st.tuples(st.times(), st.times())))
    length = timedelta(minutes=draw(st.sampled_from([15, 20, 30, 45, 60])))
    pause = timedelta(minutes=draw(st.sampled_from([0, 5, 15])))
    hours = starts.replace(second=0, microsecond=0), ends
    return zone, day, length, list(spans(day, *hours, zone, length=length, pause=pause))


def test_every_zone_but_phoenix_changes_twice_a_year():
    assert [len(days) for days in CHANGES.values()] == [20, 20, 20, 20, 0]


@given(calls_around_a_change())
def test_a_call_is_on_its_day_lasts_its_length_and_shows_a_time_that_exists(found):
    zone, day, length, calls = found

    for start, end in calls:
        local = start.astimezone(zone)
        assert local.date() == day
        assert end - start == length
        assert clock.moment_words(start, zone).startswith(clock.day_words(day))


@given(calls_around_a_change())
def test_no_two_calls_of_a_day_show_the_same_time(found):
    zone, _, _, calls = found
    shown = [clock.time_words(start, zone) for start, _ in calls]

    assert len(set(shown)) == len(shown)
    assert sorted(calls) == calls


@pytest.mark.django_db
@given(calls_around_a_change())
def test_the_calendar_file_holds_the_very_moment(found):
    zone, _, _, calls = found
    clinic = Clinic(name="KneeCare", time_zone=str(zone), email="desk@example.com")

    for start, end in calls[:3]:
        booking = Booking(
            kind="discovery_call",
            state="confirmed",
            email="ada@example.com",
            slot=Slot(starts_at=start, ends_at=end),
        )
        content, _ = calendar_file(booking, clinic, AppointmentKind(), to_mail=True)
        event = vobject.readOne(content.decode()).vevent
        assert event.dtstart.value.astimezone(UTC) == start
        assert event.dtend.value.astimezone(UTC) == end
        assert clock.time_words(start, zone) in event.description.value


@given(calls_around_a_change(), st.sampled_from(ZONES))
def test_the_visitors_clock_is_named_exactly_where_it_differs(found, own):
    zone, _, _, calls = found

    for start, _ in calls[:3]:
        booking = SimpleNamespace(
            slot=SimpleNamespace(starts_at=start),
            visitor_zone=str(own),
            hold_ends_at=None,
        )
        words = clock.both(booking, zone)
        differs = clock.time_words(start, own) != clock.time_words(start, zone)
        assert bool(words["own_time"]) == differs
