"""What can happen to a request. Each change, its audit row and the mail it owes are stored together or not at all."""

from bookings.services.contact import correct_contact
from bookings.services.reminders import remind
from bookings.services.request import CallRequest, submit
from bookings.services.reschedule import book_call_back, end_hold, move
from bookings.services.returned_mail import note_event as note_mail_event
from bookings.services.transitions import (
    cancel_by_clinic,
    cancel_by_visitor,
    complete,
    confirm,
    decline,
    expire,
    no_show,
    note,
    reply,
)
from bookings.services.undo import take_back

__all__ = [
    "CallRequest",
    "book_call_back",
    "cancel_by_clinic",
    "cancel_by_visitor",
    "complete",
    "confirm",
    "correct_contact",
    "decline",
    "end_hold",
    "expire",
    "move",
    "no_show",
    "note",
    "note_mail_event",
    "remind",
    "reply",
    "submit",
    "take_back",
]
