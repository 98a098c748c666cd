"""Requests as a file that a spreadsheet can open, and that cannot do anything there."""

import csv
from collections.abc import Iterator

from bookings.models import Booking

BYTE_ORDER_MARK = "\ufeff"  # so that Excel reads UTF-8
BATCH = 2000
# A cell that begins with one of these, however much space stands before it, is a formula to some spreadsheet.
RISKY = tuple("=+-@|%\uff1d\uff0b\uff0d\uff20")
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


class _Echo:
    """Gives each written line back."""

    def write(self, line):
        return line


def lines(bookings) -> Iterator[str]:
    """The lines of the file. What visitors wrote about their knee is not in it: files travel.

    Read in batches by key, each read to its end: a cursor left open for as long as somebody's slow connection
    takes would keep all writers of SQLite waiting.
    """
    writer = csv.writer(_Echo())
    yield BYTE_ORDER_MARK + writer.writerow(HEADINGS)
    last = 0
    by_key = bookings.with_call().order_by("pk")
    while batch := list(by_key.filter(pk__gt=last)[:BATCH]):
        yield "".join(writer.writerow(map(harmless, _cells(row))) for row in batch)
        last = batch[-1].pk


def harmless(value) -> str:
    """``value`` as text that no spreadsheet takes for a formula, without control characters."""
    text = "".join(c if c.isprintable() else " " for c in str(value))
    return f"'{text}" if text.lstrip().startswith(RISKY) else text


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
