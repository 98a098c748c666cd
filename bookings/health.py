"""What ``/readyz`` has to know of mail."""

from datetime import timedelta

from django.utils import timezone

from bookings.models import OutboxMail
from kneecare.core.http.health import readiness

MAIL_IS_LATE = timedelta(minutes=15)


@readiness
def mail() -> str:
    """Mail waits whether the mail server takes none, or no worker sends any. That one mailbox takes none says neither."""
    late = timezone.now() - MAIL_IS_LATE
    stuck = OutboxMail.objects.pending().filter(created_at__lt=late)
    stuck = stuck.exclude(last_error__startswith="SMTPRecipientsRefused")
    return "mail is stuck" if stuck.exists() else ""
