"""How the front desk stands, for the admin's front page."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Min, Q
from django.utils import timezone

from bookings.chart import Chart, requests_by_source
from bookings.models import Booking, OutboxMail
from kneecare.clinic.models import Clinic

MAIL_IS_LATE = timedelta(minutes=15)
Mail = OutboxMail.State


@dataclass(frozen=True)
class Panel:
    need_answer: int
    oldest_request: datetime | None
    calls_today: int
    today: date
    oldest_mail: datetime | None
    failed_mail: int
    chart: Chart

    @property
    def mail_is_late(self):
        return (
            self.oldest_mail is not None
            and timezone.now() - self.oldest_mail >= MAIL_IS_LATE
        )


def panel_for(user) -> Panel | None:
    """Nothing for those who may not see requests."""
    if not user.has_perm("bookings.view_booking"):
        return None
    zone = Clinic.objects.current().zone
    today = timezone.localdate(timezone=zone)
    waiting = Booking.objects.need_answer().aggregate(
        count=Count("pk"), oldest=Min("created_at")
    )
    waits = Q(state=Mail.WAITING)
    mail = OutboxMail.objects.filter(waits | Q(state=Mail.FAILED)).aggregate(
        oldest=Min("created_at", filter=waits),
        failed=Count("pk", filter=Q(state=Mail.FAILED)),
    )
    return Panel(
        need_answer=waiting["count"],
        oldest_request=waiting["oldest"],
        calls_today=Booking.objects.calls_on(today, zone).count(),
        today=today,
        oldest_mail=mail["oldest"],
        failed_mail=mail["failed"],
        chart=requests_by_source(zone),
    )
