import itertools
import time as time_module
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bookings.availability.grid import apart, moment, spans

ZONES = [
    ZoneInfo(name)
    for name in [
        "America/New_York",
        "Europe/London",
        "Australia/Lord_Howe",
        "America/Phoenix",
    ]
]
NEW_YORK, LONDON, LORD_HOWE, PHOENIX = ZONES
HALF_HOUR = timedelta(minutes=30)

# Half the days are around a change of some clock: anywhere else nothing can go wrong.
CHANGES = [date(2026, 3, 8), date(2026, 11, 1), date(2026, 3, 29), date(2026, 10, 25)]
CHANGES += [date(2026, 4, 5), date(2026, 10, 4)]
days = st.sampled_from(CHANGES) | st.dates(date(2025, 1, 1), date(2035, 12, 31))
minutes = st.integers(0, 24 * 60 - 1)
clocks = minutes.map(lambda minute: time(minute // 60, minute % 60))


def wall(utc, zone):
    return utc.astimezone(zone).replace(tzinfo=None)


@given(days, clocks, st.sampled_from(ZONES))
@example(date(2026, 3, 8), time(2, 30), NEW_YORK)
@example(date(2026, 10, 4), time(2, 15), LORD_HOWE)
def test_a_moment_shows_the_time_that_was_asked_for_or_there_is_none(day, clock, zone):
    found = moment(day, clock, zone)

    assert found is None or wall(found, zone) == datetime.combine(day, clock)


@given(days, clocks, st.sampled_from(ZONES))
def test_no_moment_is_missed_that_the_clock_shows(day, clock, zone):
    shown = datetime.combine(day, clock)
    around = datetime.combine(day, clock, UTC)
    shifts = [timedelta(minutes=minute) for minute in range(-14 * 60, 14 * 60, 15)]

    exists = any(wall(around + shift, zone) == shown for shift in shifts)

    assert (moment(day, clock, zone) is not None) == exists


@pytest.mark.parametrize(
    ("zone", "day", "clock"),
    [
        (NEW_YORK, date(2026, 3, 8), time(2, 30)),
        (LONDON, date(2026, 3, 29), time(1, 30)),
        (LORD_HOWE, date(2026, 10, 4), time(2, 15)),
    ],
)
def test_a_time_that_the_clock_skips_is_none(zone, day, clock):
    assert moment(day, clock, zone) is None


@pytest.mark.parametrize(
    ("zone", "day", "clock", "first"),
    [
        (
            NEW_YORK,
            date(2026, 11, 1),
            time(1, 30),
            datetime(2026, 11, 1, 5, 30, tzinfo=UTC),
        ),
        (
            LONDON,
            date(2026, 10, 25),
            time(1, 30),
            datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
        ),
        (
            LORD_HOWE,
            date(2026, 4, 5),
            time(1, 45),
            datetime(2026, 4, 4, 14, 45, tzinfo=UTC),
        ),
    ],
)
def test_a_time_that_the_clock_shows_twice_is_the_first_of_the_two(
    zone, day, clock, first
):
    assert moment(day, clock, zone) == first


def test_spans_fill_the_hours_and_leave_the_pause():
    found = spans(
        date(2026, 7, 1),
        time(9),
        time(10, 30),
        PHOENIX,
        length=HALF_HOUR,
        pause=timedelta(minutes=15),
    )

    assert [wall(start, PHOENIX).time() for start, _ in found] == [time(9), time(9, 45)]


@given(
    day=days,
    starts=clocks,
    ends=clocks,
    zone=st.sampled_from(ZONES),
    length=st.integers(5, 240),
    pause=st.integers(0, 60),
)
@example(date(2026, 3, 8), time(0), time(23), NEW_YORK, 40, 5)
@example(date(2026, 11, 1), time(0), time(23), NEW_YORK, 45, 0)
@example(date(2026, 4, 5), time(0), time(23), LORD_HOWE, 20, 0)
def test_the_calls_of_a_day_last_as_long_as_they_should_and_never_overlap(
    day, starts, ends, zone, length, pause
):
    length, pause = timedelta(minutes=length), timedelta(minutes=pause)
    found = spans(day, starts, ends, zone, length=length, pause=pause)

    kept = apart(list(found), [], pause)

    assert all(end - start == length for start, end in kept)
    assert all(
        next_start - end >= pause
        for (_, end), (next_start, _) in itertools.pairwise(kept)
    )


@given(days, clocks, clocks, st.sampled_from(ZONES))
@example(date(2026, 3, 8), time(1, 45), time(2, 30), NEW_YORK)
def test_every_call_of_a_day_is_within_its_hours(day, starts, ends, zone):
    found = spans(day, starts, ends, zone, length=HALF_HOUR, pause=timedelta())

    assert all(
        datetime.combine(day, starts) <= wall(start, zone)
        and wall(end, zone) <= datetime.combine(day, ends)
        for start, end in found
    )


def test_apart_keeps_the_pause_from_what_is_taken():
    nine = datetime(2026, 7, 1, 9, tzinfo=UTC)
    wanted = [(nine + HALF_HOUR * n, nine + HALF_HOUR * (n + 1)) for n in range(4)]
    taken = [(nine + HALF_HOUR, nine + HALF_HOUR * 2)]

    assert apart(wanted, taken, timedelta(minutes=5)) == [wanted[3]]


def spans_of(most):
    """Some spans of a morning, in five-minute steps, that may overlap."""
    steps = st.tuples(st.integers(0, 60), st.integers(1, 12))
    nine = datetime(2026, 7, 1, 9, tzinfo=UTC)
    step = timedelta(minutes=5)
    span = steps.map(lambda s: (nine + step * s[0], nine + step * (s[0] + s[1])))
    return st.lists(span, max_size=most)


@given(spans_of(12), spans_of(6), st.integers(0, 15))
def test_apart_keeps_each_that_is_in_the_way_of_nothing_taken_or_kept_before(
    wanted, taken, pause
):
    pause = timedelta(minutes=pause)
    kept = []
    for start, end in sorted(set(wanted)):
        if all(end + pause <= s or e + pause <= start for s, e in taken + kept):
            kept.append((start, end))

    assert apart(wanted, taken, pause) == kept


def test_apart_bears_a_year_of_short_calls():
    first = datetime(2026, 7, 1, tzinfo=UTC)
    step = timedelta(minutes=10)
    year = [(first + step * n, first + step * (n + 1)) for n in range(50_000)]
    began = time_module.process_time()

    kept = apart(year, year[::2], timedelta())

    assert kept == year[1::2]
    assert time_module.process_time() - began < 5
