"""Requests as a file that a spreadsheet can open."""

from collections.abc import Iterator

from bookings.models import Booking
from kneecare.core.text.csv_rows import csv_lines

HEADINGS = [
    "Reference",
    "Kind",
    "State",
    "Asked (clinic time)",
    "Call (clinic time)",
    "With",
    "Name",
    "E-mail",
    "Phone",
    "Program",
    "Came from",
]


def lines(bookings) -> Iterator[str]:
    """The lines of the file. What visitors wrote about their knee is not in it: files travel."""
    return csv_lines(HEADINGS, bookings.with_call(), _cells)


def _cells(booking: Booking):
    slot = booking.slot
    return [
        booking.reference,
        booking.get_kind_display(),
        booking.get_state_display(),
        _local(booking.created_at, booking.zone),
        _local(slot.starts_at, booking.zone) if slot else "",
        slot.clinician.name if slot else "",
        booking.name,
        booking.email,
        booking.phone,
        booking.program or "",
        booking.referrer,
    ]


def _local(moment, zone):
    return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M")
