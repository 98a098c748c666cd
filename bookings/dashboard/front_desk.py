"""How the front desk stands, for the admin's front page."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Min, Q
from django.utils import timezone

from bookings.dashboard.outcomes import Outcomes, outcomes
from bookings.dashboard.referrer_chart import Chart, requests_by_referrer
from bookings.models import Booking, ExternalCalendar, OutboxMail
from kneecare.clinic.models import Clinic
from kneecare.core.jobs.mail_queue import MAIL_IS_LATE

Mail = OutboxMail.State

MOST_RETURNED = 10


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
    outcomes: Outcomes

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
        outcomes=outcomes(zone),
    )


def _returned():
    whose = OutboxMail.objects.unheeded().order_by().values("booking")
    return list(Booking.objects.filter(pk__in=whose)[:MOST_RETURNED])
