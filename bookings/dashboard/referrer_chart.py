"""The requests of the last twelve weeks by the kind of page that led to them, drawn as bars."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from bookings.dashboard.weeks import WEEKS, last_weeks, week_number
from bookings.models import Booking
from bookings.referrers import REFERRERS, referrer_key

# In units of the drawing.
WIDTH, HEIGHT, LEFT, TOP, FLOOR = 360, 190, 30, 10, 160
STEP = (WIDTH - LEFT) / WEEKS
BAR = 20


@dataclass(frozen=True)
class Piece:
    """The part of a week's bar that one kind of referrer has."""

    referrer: str
    y: float
    height: float


@dataclass(frozen=True)
class Week:
    monday: date
    counts: list[int]  # one for each of REFERRERS
    x: float
    pieces: list[Piece]
    has_label: bool

    @property
    def total(self):
        return sum(self.counts)

    @property
    def middle(self):
        return self.x + BAR / 2


@dataclass(frozen=True)
class Chart:
    """Twelve weeks of requests by referrer, as bars that a template can draw."""

    weeks: list[Week]
    top: int  # what the upper line stands for

    referrers = REFERRERS
    width, height, bar = WIDTH, HEIGHT, BAR
    left, text_end = LEFT, LEFT - 6
    ceiling, half_way, floor = TOP, (TOP + FLOOR) / 2, FLOOR

    @property
    def half(self):
        return self.top // 2

    @property
    def total(self):
        return sum(week.total for week in self.weeks)

    @property
    def busiest(self):
        return max(self.weeks, key=lambda week: week.total)


def requests_by_referrer(zone) -> Chart:
    """The requests of this week and the eleven before it, by the clinic's clock."""
    weeks = last_weeks(zone)
    counts = _counts(weeks)
    top = max(4, *(sum(row) for row in counts))
    top += -top % 4  # so that the middle line is a whole number too
    mondays = [week.monday for week in weeks]
    return Chart([_week(n, mondays[n], counts[n], top) for n in range(WEEKS)], top)


def _counts(weeks):
    """For each of ``weeks``, how many requests each kind of referrer brought."""
    rows = (
        Booking.objects.filter(created_at__gte=weeks[0].starts)
        .order_by()
        .values(week=week_number(weeks), key=referrer_key())
        .annotate(count=Count("pk"))
    )
    found = {(row["week"], row["key"]): row["count"] for row in rows}
    return [
        [found.get((number, referrer.key), 0) for referrer in REFERRERS]
        for number in range(len(weeks))
    ]


def _week(number, monday, counts, top):
    pieces = []
    y = float(FLOOR)
    for referrer, count in zip(REFERRERS, counts, strict=True):
        height = (FLOOR - TOP) * count / top
        y -= height
        if count:
            pieces.append(Piece(referrer.key, round(y, 1), round(height, 1)))
    x = LEFT + number * STEP + (STEP - BAR) / 2
    return Week(monday, counts, round(x, 1), pieces, has_label=number % 4 == 0)
