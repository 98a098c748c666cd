from bookings.models.beside import BookingNote, CallWish, Seat
from bookings.models.calendar import Closure, Slot, WeeklyHours
from bookings.models.call_settings import CallSettings
from bookings.models.event import BookingEvent
from bookings.models.outbox import OutboxMail
from bookings.models.request import Booking

__all__ = [
    "Booking",
    "BookingEvent",
    "BookingNote",
    "CallSettings",
    "CallWish",
    "Closure",
    "OutboxMail",
    "Seat",
    "Slot",
    "WeeklyHours",
]
