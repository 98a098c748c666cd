"""What ``/readyz`` has to know of mail."""

from bookings.models import OutboxMail
from kneecare.core.http.health import readiness


@readiness
def mail() -> str:
    return "mail is stuck" if OutboxMail.objects.stuck().exists() else ""
