from bookings.models.appointment_kind import AppointmentKind
from bookings.models.availability import Closure, ExtraHours, WeeklyHours
from bookings.models.booking import Booking
from bookings.models.calendar_feed import CalendarFeed
from bookings.models.call_settings import CallSettings
from bookings.models.call_wish import CallWish
from bookings.models.event import BookingEvent
from bookings.models.external_calendar import BusyTime, ExternalCalendar
from bookings.models.hold_limit import HoldLimit
from bookings.models.note import BookingNote
from bookings.models.outbox import OutboxMail
from bookings.models.reply_template import ReplyTemplate
from bookings.models.slot import Slot
from bookings.models.text_stop import TextStop
from bookings.models.waiting_offer import WaitingOffer

__all__ = [
    "AppointmentKind",
    "Booking",
    "BookingEvent",
    "BookingNote",
    "BusyTime",
    "CalendarFeed",
    "CallSettings",
    "CallWish",
    "Closure",
    "ExternalCalendar",
    "ExtraHours",
    "HoldLimit",
    "OutboxMail",
    "ReplyTemplate",
    "Slot",
    "TextStop",
    "WaitingOffer",
    "WeeklyHours",
]
