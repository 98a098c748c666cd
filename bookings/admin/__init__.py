"""The front desk's pages: the queue of requests, the times of calls, the mail that is owed."""

from bookings.admin import appointment_kind, availability, booking, mail, slot

__all__ = ["appointment_kind", "availability", "booking", "mail", "slot"]
