"""Links that put a call into a calendar on the web. They say when it is and with whom, and hold nothing of the visitor's."""

from datetime import UTC
from urllib.parse import urlencode

GOOGLE = "https://calendar.google.com/calendar/render"
OUTLOOK = "https://outlook.live.com/calendar/0/deeplink/compose"
BASIC = "%Y%m%dT%H%M%SZ"  # as in a calendar file


def calendar_links(booking, appointment, clinic):
    """``(label, url)`` of each."""
    starts = booking.slot.starts_at.astimezone(UTC)
    ends = booking.slot.ends_at.astimezone(UTC)
    title = f"{appointment.name} with {clinic.name}"
    details = f"Reference {booking.reference}"
    google = {
        "action": "TEMPLATE",
        "text": title,
        "dates": f"{starts.strftime(BASIC)}/{ends.strftime(BASIC)}",
        "details": details,
    }
    outlook = {
        "path": "/calendar/action/compose",
        "rru": "addevent",
        "subject": title,
        "startdt": starts.isoformat(),
        "enddt": ends.isoformat(),
        "body": details,
    }
    return [
        ("Google Calendar", f"{GOOGLE}?{urlencode(google)}"),
        ("Outlook", f"{OUTLOOK}?{urlencode(outlook)}"),
    ]
