"""Calendar files, as calendar programs write them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bookings.calendars.occurrences import Window

PHOENIX = ZoneInfo("America/Phoenix")
BEGINS, ENDS = datetime(2026, 10, 1, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC)
SECRET_WORDS = "Divorce lawyer, with Bob at 5 Elm Street"


def window(zone=PHOENIX, begins=BEGINS, ends=ENDS):
    return Window(begins, ends, zone, "testserver")


def event(*lines, uid="one@elsewhere.example"):
    return "\r\n".join(["BEGIN:VEVENT", f"UID:{uid}", *lines, "END:VEVENT"])


def once(starts="20261005T160000Z", ends="20261005T170000Z", *lines, **named):
    """An hour on the morning of Monday, October 5, unless told otherwise."""
    return event(f"DTSTART:{starts}", f"DTEND:{ends}", *lines, **named)


def calendar(*parts):
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Test//EN", *parts]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()
