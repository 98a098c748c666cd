"""What ``/readyz`` has to know of mail, and ``/metrics`` of call times."""

from bookings.models import CallSettings, OutboxMail, Slot
from kneecare.clinic.models import Clinic
from kneecare.core.health.checks import MAIL_SERVER, health_check
from kneecare.core.telemetry.figures import figure


@health_check(MAIL_SERVER)
def mail() -> str:
    return "mail is stuck" if OutboxMail.objects.stuck().exists() else ""


@figure("kneecare_slots_left", "Call times that a visitor can choose")
def slots_left() -> dict[str, float]:
    slots = Slot.objects.bookable(
        CallSettings.objects.current(), Clinic.objects.current_zone()
    )
    return {"": slots.count()}
