"""How the front desk stands, for the admin's front page."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Case, Count, IntegerField, Min, Q, Value, When
from django.utils import timezone

from bookings.models import Booking, ExternalCalendar, OutboxMail
from bookings.referrers import REFERRERS, referrer_key
from kneecare.clinic.models import Clinic
from kneecare.core.jobs.mail_queue import MAIL_IS_LATE

Mail = OutboxMail.State

MOST_RETURNED = 10
WEEKS = 12
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


@dataclass(frozen=True)
class Dashboard:
    need_answer: int
    oldest_request: datetime | None
    calls_today: int
    today: date
    oldest_mail: datetime | None
    failed_mail: int
    calls_in_busy_time: int
    stale_calendars: list[ExternalCalendar]
    returned: list[Booking]  # whose mail came back, and nobody has done anything since
    chart: Chart

    @property
    def mail_is_late(self):
        return (
            self.oldest_mail is not None
            and timezone.now() - self.oldest_mail >= MAIL_IS_LATE
        )


def dashboard_for(user) -> Dashboard | None:
    """Nothing for those who may not see requests."""
    if not user.has_perm("bookings.view_booking"):
        return None
    zone = Clinic.objects.current().zone
    today = timezone.localdate(timezone=zone)
    unanswered = Booking.objects.need_answer().aggregate(
        count=Count("pk"), oldest=Min("created_at")
    )
    waits = Q(state=Mail.WAITING)
    mail = OutboxMail.objects.filter(waits | Q(state=Mail.FAILED)).aggregate(
        oldest=Min("created_at", filter=waits),
        failed=Count("pk", filter=Q(state=Mail.FAILED)),
    )
    return Dashboard(
        need_answer=unanswered["count"],
        oldest_request=unanswered["oldest"],
        calls_today=Booking.objects.calls_on(today, zone).count(),
        today=today,
        oldest_mail=mail["oldest"],
        failed_mail=mail["failed"],
        calls_in_busy_time=Booking.objects.in_busy_time().count(),
        stale_calendars=list(
            ExternalCalendar.objects.stale().select_related("clinician")
        ),
        returned=_returned(),
        chart=requests_by_referrer(zone),
    )


def _returned():
    whose = OutboxMail.objects.unheeded().order_by().values("booking")
    return list(Booking.objects.filter(pk__in=whose)[:MOST_RETURNED])


def requests_by_referrer(zone) -> Chart:
    """The requests of this week and the eleven before it, by the clinic's clock."""
    today = timezone.localdate(timezone=zone)
    this_monday = today - timedelta(days=today.weekday())
    mondays = [this_monday - timedelta(weeks=n) for n in reversed(range(WEEKS))]
    counts = _counts([datetime.combine(day, time(), zone) for day in mondays])
    top = max(4, *(sum(row) for row in counts))
    top += -top % 4  # so that the middle line is a whole number too
    return Chart([_week(n, mondays[n], counts[n], top) for n in range(WEEKS)], top)


def _counts(starts):
    """For each week that begins in ``starts``, how many requests each kind of referrer brought.

    Weeks are told apart by comparing moments, which an index and both databases do fast, and which is right when
    the clock changes.
    """
    week = Case(
        *[
            When(created_at__gte=start, then=Value(number))
            for number, start in reversed(list(enumerate(starts)))
        ],
        output_field=IntegerField(),
    )
    rows = (
        Booking.objects.filter(created_at__gte=starts[0])
        .order_by()
        .values(week=week, key=referrer_key())
        .annotate(count=Count("pk"))
    )
    found = {(row["week"], row["key"]): row["count"] for row in rows}
    return [
        [found.get((number, referrer.key), 0) for referrer in REFERRERS]
        for number in range(len(starts))
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
