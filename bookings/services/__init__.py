"""What can happen to a request. Each change, its audit row and the mail it owes are stored together or not at all."""

from bookings.services.asking import ask_call_back, book, enquire
from bookings.services.deciding import (
    cancel_by_clinic,
    cancel_by_visitor,
    complete,
    confirm,
    decline,
    expire,
    no_show,
    note,
)
from bookings.services.moving import book_call_back, move
from bookings.services.reminding import remind

__all__ = [
    "ask_call_back",
    "book",
    "book_call_back",
    "cancel_by_clinic",
    "cancel_by_visitor",
    "complete",
    "confirm",
    "decline",
    "enquire",
    "expire",
    "move",
    "no_show",
    "note",
    "remind",
]
