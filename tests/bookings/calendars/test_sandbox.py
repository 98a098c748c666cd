"""A calendar file that is made to do harm ends the process that reads it, and nothing else."""

import os
import time

import pytest

from bookings.calendars import occurrences, sandbox
from bookings.calendars.occurrences import NO_CALENDAR
from bookings.calendars.sandbox import NOT_READ, TOO_LONG, find_apart
from tests.bookings.calendars.files import calendar, event, once, window


def test_it_tells_the_same_as_without_a_process_of_its_own():
    whole = event("DTSTART;VALUE=DATE:20261007", uid="two")
    file = calendar(once(), whole, event("DTSTART:broken", uid="three"))

    assert find_apart(file, window()) == occurrences.find(file, window())
    assert len(find_apart(file, window()).busy) == 2


MINUTES = ",".join(map(str, range(60)))


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=MINUTELY",
        f"FREQ=HOURLY;BYMINUTE={MINUTES};BYSECOND={MINUTES}",
    ],
)
def test_a_bomb_comes_to_its_end_and_leaves_this_process_as_it_was(rule, monkeypatch):
    monkeypatch.setattr(sandbox, "CPU_SECONDS", 2)
    bomb = calendar(event("DTSTART:20100101T000000Z", "DURATION:PT1S", f"RRULE:{rule}"))
    before = time.process_time()

    found = find_apart(bomb, window())

    assert found.problem in {TOO_LONG, NOT_READ, occurrences.TOO_MANY}
    assert found.busy == []
    assert time.process_time() - before < 1


def test_what_takes_longer_than_we_wait_is_ended(monkeypatch):
    monkeypatch.setattr(sandbox, "PATIENCE", 0.01)

    assert find_apart(calendar(once()), window()).problem == TOO_LONG


def test_the_process_knows_none_of_our_secrets(monkeypatch):
    seen = {}
    real = sandbox.subprocess.run

    def run(command, **options):
        seen.update(options, command=command)
        return real(command, **options)

    monkeypatch.setattr(sandbox.subprocess, "run", run)
    find_apart(calendar(once()), window())

    assert seen["env"] == {}
    assert os.environ["SECRET_KEY"] not in " ".join(seen["command"])
    assert seen["stderr"] == sandbox.subprocess.DEVNULL


def test_a_web_page_is_told_without_starting_anything(monkeypatch):
    monkeypatch.setattr(sandbox.subprocess, "run", None)

    assert find_apart(b"\n<!DOCTYPE html>", window()).problem == NO_CALENDAR
    assert find_apart(b"", window()).problem == NO_CALENDAR
