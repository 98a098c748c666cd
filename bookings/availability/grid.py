"""From hours on the clinic's wall clock to moments in UTC, right on the days when the clock changes."""

from bisect import bisect_left
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

Span = tuple[datetime, datetime]


def moment(day: date, clock: time, zone: ZoneInfo) -> datetime | None:
    """The UTC moment at which the clock of ``zone`` shows ``clock`` on ``day``.

    None for a time that the clock skips; the first of the two when it shows a time twice.
    """
    wall = datetime.combine(day, clock).replace(fold=0)
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
    for start, end in clear_of(sorted(set(wanted)), taken, pause):
        if not kept or kept[-1][1] + pause <= start:
            kept.append((start, end))
    return kept


def clear_of(
    wanted: list[Span], taken: list[Span], pause: timedelta = timedelta()
) -> list[Span]:
    """Those of ``wanted`` that keep ``pause`` from all of ``taken``."""
    others = sorted(taken)
    starts = [start for start, _ in others]
    # How long the first one, the first two, … of them go on: one look tells whether any is in the way.
    busy_until = list(accumulate((end for _, end in others), max))

    def is_clear(span: Span) -> bool:
        before = bisect_left(starts, span[1] + pause)
        return not before or busy_until[before - 1] + pause <= span[0]

    return [span for span in wanted if is_clear(span)]


def _wall(utc, zone):
    return utc.astimezone(zone).replace(tzinfo=None)
