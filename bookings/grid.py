"""From hours on the clinic's wall clock to moments in UTC, right on the days when the clock changes."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

Span = tuple[datetime, datetime]


def moment(day: date, clock: time, zone: ZoneInfo) -> datetime | None:
    """The UTC moment at which the clock of ``zone`` shows ``clock`` on ``day``.

    None for a time that the clock skips; the first of the two when it shows a time twice.
    """
    wall = datetime.combine(day, clock)
    utc = wall.replace(tzinfo=zone).astimezone(UTC)
    return utc if _wall(utc, zone) == wall else None


def spans(
    day: date,
    starts: time,
    ends: time,
    zone: ZoneInfo,
    *,
    length: timedelta,
    pause: timedelta,
) -> Iterator[Span]:
    """Calls of ``length`` on the grid that begins at ``starts``, each over when the clock shows ``ends``."""
    close = datetime.combine(day, ends)
    wall = datetime.combine(day, starts)
    while wall + length <= close:
        start = moment(day, wall.time(), zone)
        if start and _wall(start + length, zone) <= close:
            yield start, start + length
        wall += length + pause


def apart(wanted: list[Span], taken: list[Span], pause: timedelta) -> list[Span]:
    """Those of ``wanted``, earliest first, that keep ``pause`` from ``taken`` and from each other."""
    kept: list[Span] = []
    for start, end in sorted(set(wanted)):
        neighbours = [*taken, *kept[-1:]]
        if all(
            end + pause <= other_start or other_end + pause <= start
            for other_start, other_end in neighbours
        ):
            kept.append((start, end))
    return kept


def _wall(utc, zone):
    return utc.astimezone(zone).replace(tzinfo=None)
