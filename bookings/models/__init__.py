from bookings.models.availability import Closure, Slot, WeeklyHours
from bookings.models.booking import Booking
from bookings.models.call_settings import CallSettings
from bookings.models.event import BookingEvent
from bookings.models.extra_hours import ExtraHours
from bookings.models.outbox import OutboxMail
from bookings.models.seat import BookingNote, CallWish, Seat
from bookings.models.subscription import CalendarSubscription

__all__ = [
    "Booking",
    "BookingEvent",
    "BookingNote",
    "CalendarSubscription",
    "CallSettings",
    "CallWish",
    "Closure",
    "ExtraHours",
    "OutboxMail",
    "Seat",
    "Slot",
    "WeeklyHours",
]
