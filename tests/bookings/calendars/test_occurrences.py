"""When a calendar file says that its owner is busy."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bookings.calendars import occurrences
from bookings.calendars.occurrences import NO_CALENDAR, TOO_MANY, find
from tests.bookings.calendars.files import calendar, event, once, window

HOUR = timedelta(hours=1)
NEW_YORK = "DTSTART;TZID=America/New_York:20261026T090000"
OWN_ZONE = """BEGIN:VTIMEZONE
TZID:Our Own
BEGIN:STANDARD
DTSTART:19700101T000000
TZOFFSETFROM:+0300
TZOFFSETTO:+0300
END:STANDARD
END:VTIMEZONE"""


def utc(*numbers):
    return datetime(2026, *numbers, tzinfo=UTC)


def hours(*starts):
    return [(start, start + HOUR) for start in starts]


def busy(*parts, **where):
    found = find(calendar(*parts), window(**where))
    assert (found.problem, found.unclear) == ("", 0)
    return found.busy


def test_an_event_is_busy_from_its_start_to_its_end():
    assert busy(once()) == hours(utc(10, 5, 16))


def test_an_event_that_recurs_is_busy_on_each_of_its_days_but_the_exceptions():
    standup = event(
        "DTSTART:20261005T160000Z",
        "DURATION:PT1H",
        "RRULE:FREQ=WEEKLY;COUNT=4",
        "EXDATE:20261012T160000Z",
    )

    assert busy(standup) == hours(utc(10, 5, 16), utc(10, 19, 16), utc(10, 26, 16))


def test_one_day_of_an_event_that_recurs_may_be_moved_or_cancelled():
    week = event(
        "DTSTART:20261005T160000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=3"
    )
    moved = once(
        "20261006T200000Z", "20261006T210000Z", "RECURRENCE-ID:20261006T160000Z"
    )
    off = once("20261007T160000Z", "20261007T170000Z", "RECURRENCE-ID:20261007T160000Z", "STATUS:CANCELLED")  # fmt: skip

    assert busy(week, moved, off) == hours(utc(10, 5, 16), utc(10, 6, 20))


def test_an_event_keeps_its_hour_on_its_own_clock_when_that_changes():
    """New York goes back an hour on November 1; Phoenix never does."""
    weekly = event(NEW_YORK, "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=2")

    assert busy(weekly) == hours(utc(10, 26, 13), utc(11, 2, 14))


def test_google_tells_the_zone_of_what_recurs_beside_the_events():
    weekly = event("DTSTART:20261026T130000Z", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=2")  # fmt: skip

    found = busy("X-WR-TIMEZONE:America/New_York", weekly)

    assert found == hours(utc(10, 26, 13), utc(11, 2, 14))


@pytest.mark.parametrize(
    ("zone", "starts"),
    [("America/Phoenix", utc(10, 5, 16)), ("America/New_York", utc(10, 5, 13))],
)
def test_a_time_without_a_zone_is_on_the_clinics_clock(zone, starts):
    floating = once("20261005T090000", "20261005T100000")

    assert busy(floating, zone=ZoneInfo(zone)) == hours(starts)


def test_a_whole_day_is_a_day_on_the_clinics_clock_also_when_the_clock_changes():
    days = event("DTSTART;VALUE=DATE:20261101", "DTEND;VALUE=DATE:20261102")

    assert busy(days) == [(utc(11, 1, 7), utc(11, 2, 7))]
    new_york = busy(days, zone=ZoneInfo("America/New_York"))
    assert new_york == [(utc(11, 1, 4), utc(11, 2, 5))]  # 25 hours


def test_a_whole_day_without_an_end_is_that_day():
    assert busy(event("DTSTART;VALUE=DATE:20261005")) == [(utc(10, 5, 7), utc(10, 6, 7))]  # fmt: skip


@pytest.mark.parametrize(
    "line",
    [
        "TRANSP:TRANSPARENT",
        "TRANSP:transparent",
        "STATUS:CANCELLED",
        "X-MICROSOFT-CDO-BUSYSTATUS:FREE",
    ],
)
def test_what_is_cancelled_or_marked_as_free_is_not_busy(line):
    assert busy(once("20261005T160000Z", "20261005T170000Z", line)) == []


def test_tentative_is_busy():
    assert busy(once("20261005T160000Z", "20261005T170000Z", "STATUS:TENTATIVE"))


def test_a_call_of_ours_in_their_calendar_is_not_in_its_own_way():
    assert busy(once(uid="KC-2345@testserver"), once("20261006T160000Z", "20261006T170000Z")) == hours(utc(10, 6, 16))  # fmt: skip


@pytest.mark.parametrize(
    ("zone", "starts"),
    [
        ("Pacific Standard Time", utc(10, 5, 16)),  # Outlook's names
        ("Our Own", utc(10, 5, 6)),  # explained in the file
    ],
)
def test_zones_of_other_programs_are_known(zone, starts):
    lines = [f"DTSTART;TZID={zone}:20261005T090000", "DURATION:PT1H"]

    assert busy(OWN_ZONE, event(*lines)) == hours(starts)


def test_a_zone_that_nobody_knows_is_taken_to_be_the_clinics_and_told():
    lines = ["DTSTART;TZID=Mars/Base:20261005T090000", "DURATION:PT1H"]

    found = find(calendar(event(*lines)), window())

    assert (found.busy, found.unclear) == (hours(utc(10, 5, 16)), 1)


@pytest.mark.parametrize(
    "broken",
    [
        event("DTSTART:2026garbage", uid="two"),
        event("SUMMARY:Without a start", uid="two"),
        event("DTSTART:20261005T160000Z", "RRULE:FREQ=NONSENSE", uid="two"),
    ],
)
def test_a_broken_event_is_told_and_hides_no_other(broken):
    found = find(calendar(broken, once()), window())

    assert (found.busy, found.unclear) == (hours(utc(10, 5, 16)), 1)


def test_what_touches_is_one_busy_time():
    found = busy(
        once("20261005T160000Z", "20261005T170000Z", uid="a"),
        once("20261005T163000Z", "20261005T180000Z", uid="b"),
        once("20261005T180000Z", "20261005T190000Z", uid="c"),
        once("20261005T193000Z", "20261005T200000Z", uid="d"),
    )

    assert found == [
        (utc(10, 5, 16), utc(10, 5, 19)),
        (utc(10, 5, 19, 30), utc(10, 5, 20)),
    ]


def test_only_what_lies_ahead_is_told_and_what_reaches_beyond_is_cut():
    found = busy(
        once("20260901T160000Z", "20260901T170000Z", uid="past"),
        once("20260930T200000Z", "20261001T020000Z", uid="before"),
        once("20261130T200000Z", "20271201T020000Z", uid="beyond"),
        once("20271005T160000Z", "20271005T170000Z", uid="far"),
    )

    assert found == [(utc(10, 1), utc(10, 1, 2)), (utc(11, 30, 20), utc(12, 1))]


def test_a_rule_without_an_end_is_followed_as_far_as_we_look():
    for_ever = event("DTSTART:20160105T160000Z", "DURATION:PT1H", "RRULE:FREQ=WEEKLY")

    assert len(busy(for_ever)) == 8  # Tuesdays


def test_an_event_of_no_length_blocks_nothing():
    assert busy(event("DTSTART:20261005T160000Z")) == []


def test_more_events_than_a_person_has_are_refused(monkeypatch):
    monkeypatch.setattr(occurrences, "MOST", 3)
    daily = event("DTSTART:20261005T160000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY")

    assert find(calendar(daily), window()).problem == TOO_MANY


@pytest.mark.parametrize(
    "file",
    [
        b"",
        b"<!DOCTYPE html><title>Sign in</title>",
        b"\xff\xfe\x00",
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20261005T160000Z",
        b"BEGIN:VCARD\r\nFN:Ada\r\nEND:VCARD\r\n",
    ],
)
def test_what_is_no_calendar_is_told_as_such(file):
    assert find(file, window()).problem == NO_CALENDAR
