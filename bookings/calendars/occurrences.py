"""When a calendar file says that its owner is busy. Run by ``bookings.calendars.sandbox`` in a process of its own: no Django here.

What the events are called, where they are and who comes is not looked at, and nothing of it leaves the process.
"""

import json
import os
import resource
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import recurring_ical_events
from icalendar import Calendar

MEMORY = 512 * 1024 * 1024  # bytes
NICE = 5  # behind those who wait for a page
MOST = 10_000  # occurrences
DAY = timedelta(days=1)
ZONE = "X-WR-TIMEZONE"  # Google's, of events that recur at a time in UTC

NO_CALENDAR = "it is no calendar file, but a web page or something else"
TOO_MANY = f"it has more than {MOST:,} events in the days ahead"

Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class Window:
    """From when to when we want to know, on which clock an event without a zone is, and by whose name our own calls are known."""

    begins: datetime
    ends: datetime
    zone: ZoneInfo
    own_host: str


@dataclass
class Found:
    """``busy`` is in UTC, in order, and no two of it touch. ``unclear`` are events with a broken date or in a zone that nobody knows."""

    busy: list[Span] = field(default_factory=list)
    unclear: int = 0
    problem: str = ""


def find(file: bytes, window: Window) -> Found:
    try:
        calendar: Any = Calendar.from_ical(file)
        if calendar.name != "VCALENDAR":
            return Found(problem=NO_CALENDAR)
    except (ValueError, AttributeError):
        return Found(problem=NO_CALENDAR)
    found = Found()
    count = 0
    for series in _series(calendar):
        try:
            spans = list(_spans(series, calendar.get(ZONE), window))
        except Exception:  # noqa: BLE001 - whatever one event is made of, the others count
            found.unclear += 1
            continue
        found.unclear += any(_is_in_unknown_zone(event) for event in series)
        count += len(spans)
        if count > MOST:
            return Found(problem=TOO_MANY)
        found.busy += spans
    found.busy = list(_joined(found.busy))
    return found


def _series(calendar: Any) -> Iterator[list[Any]]:
    """The events that belong together: one that recurs, and those that stand in the place of some of its days."""
    series: dict[Any, list[Any]] = {}
    for event in calendar.walk("VEVENT"):
        series.setdefault(event.get("UID") or id(event), []).append(event)
    yield from series.values()


def _spans(series: list[Any], zone: str | None, window: Window) -> Iterator[Span]:
    """What of ``series``, in a calendar of ``zone``, keeps its owner busy within ``window``."""
    uid = str(series[0].get("UID", ""))
    if uid.endswith(f"@{window.own_host}"):
        return  # a call of ours that somebody took into their calendar: no reason to take it from its visitor
    calendar = Calendar({ZONE: zone} if zone else {})
    for event in series:
        calendar.add_component(event)
    # A day more at each end: an event without a zone is elsewhere in UTC.
    around = window.begins - DAY, window.ends + DAY
    for event in recurring_ical_events.of(calendar).between(*around):
        begins = max(_moment(event.start, window.zone), window.begins)
        ends = min(_moment(event.end, window.zone), window.ends)
        if begins < ends and _is_busy(event):
            yield begins, ends


def _is_busy(event: Any) -> bool:
    is_free = (
        event.get("TRANSP", "").upper() == "TRANSPARENT"
        or event.get("STATUS", "").upper() == "CANCELLED"
        # Outlook's own word for it.
        or event.get("X-MICROSOFT-CDO-BUSYSTATUS", "").upper() == "FREE"
    )
    return not is_free


def _is_in_unknown_zone(event: Any) -> bool:
    """Whether it names a zone that is in no list, and that the file does not explain."""
    start = event.get("DTSTART")
    has_zone = start is not None and start.params.get("TZID")
    return bool(has_zone) and getattr(start.dt, "tzinfo", UTC) is None


def _moment(at: date | datetime, zone: ZoneInfo) -> datetime:
    """In UTC. A whole day, and a time that names no zone, is on the clock of ``zone``."""
    moment = at if isinstance(at, datetime) else datetime.combine(at, time())
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=zone)
    return moment.astimezone(UTC)


def _joined(spans: list[Span]) -> Iterator[Span]:
    """``spans`` in order, with those that touch made one."""
    open_from = open_until = None
    for begins, ends in sorted(spans):
        if open_from and open_until and begins <= open_until:
            open_until = max(open_until, ends)
            continue
        if open_from and open_until:
            yield open_from, open_until
        open_from, open_until = begins, ends
    if open_from and open_until:
        yield open_from, open_until


def _limit(cpu_seconds: int) -> None:
    """A file that is made to take for ever, or all memory, ends this process and nothing else."""
    with suppress(ValueError, OSError):  # where the machine has narrower limits
        os.nice(NICE)
        resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def main() -> None:
    cpu_seconds, begins, ends, zone, own_host = sys.argv[1:]
    _limit(int(cpu_seconds))
    window = Window(
        datetime.fromisoformat(begins),
        datetime.fromisoformat(ends),
        ZoneInfo(zone),
        own_host,
    )
    found = find(sys.stdin.buffer.read(), window)
    json.dump(asdict(found), sys.stdout, default=datetime.isoformat)


if __name__ == "__main__":
    main()
