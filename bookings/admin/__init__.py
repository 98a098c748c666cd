"""The front desk's pages: the queue of requests, the times of calls, the mail that is owed."""

from bookings.admin import (
    appointment_kind,
    availability,
    booking,
    external_calendar,
    mail,
    slot,
)

__all__ = [
    "appointment_kind",
    "availability",
    "booking",
    "external_calendar",
    "mail",
    "slot",
]
