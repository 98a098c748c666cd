"""A call as a file for calendar programs. It holds no health word, no link to the booking, and of the visitor only the phone number that we call."""

from datetime import UTC

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event, vCalAddress

from bookings import clock
from bookings.meeting import meeting_of
from bookings.states import State
from kneecare.core.text.characters import printable

CANCEL, PUBLISH, REQUEST = "CANCEL", "PUBLISH", "REQUEST"


def calendar_file(booking, clinic, kind, *, to_mail=False):
    """The bytes of the file and its method; ``to_mail`` when it goes to the visitor with a mail.

    Mail programs follow a call through its versions (REQUEST) only when the file names who invites whom.
    """
    method = _method(booking, by_mail=to_mail and bool(clinic.email))
    calendar = Calendar()
    calendar.add("prodid", f"-//{clinic.name}//{kind.name}//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(_event(booking, clinic, kind, by_mail=method != PUBLISH))
    return calendar_bytes(calendar), method


def calendar_bytes(calendar):
    """The file without control characters, which calendar programs refuse (RFC 5545, 3.1)."""
    return printable(calendar.to_ical().decode(errors="replace")).encode()


def _method(booking, *, by_mail):
    if not booking.is_open:
        return CANCEL
    return REQUEST if by_mail else PUBLISH


def _event(booking, clinic, kind, *, by_mail):
    meeting = meeting_of(booking, kind, clinic)
    event = call_event(booking, _status(booking))
    event.add("dtstamp", timezone.now().astimezone(UTC))
    event.add("summary", f"{kind.name} with {clinic.name}")
    event.add("location", meeting.location)
    event.add("description", _words(booking, clinic, meeting))
    if clinic.email:
        event.add("organizer", _person(clinic.email, clinic.name))
    if by_mail and booking.email:
        event.add("attendee", _person(booking.email))
    return event


def call_event(booking, status):
    """What every entry for a call says. Its UID is the same for all versions of a request, so that a calendar changes its entry and adds no second one."""
    event = Event()
    event.add("uid", f"{booking.reference}@{settings.SITE.hostname}")
    event.add("sequence", booking.version)
    event.add("dtstart", booking.slot.starts_at.astimezone(UTC))
    event.add("dtend", booking.slot.ends_at.astimezone(UTC))
    event.add("status", status)
    event.add("class", "PRIVATE")
    return event


def _words(booking, clinic, meeting):
    at = clock.moment_words(booking.slot.starts_at, clinic.zone)
    how = "\n".join(filter(None, [meeting.words, *meeting.lines, meeting.url]))
    return f"{how}\nOn the clinic's clock: {at}. Reference {booking.reference}."


def _status(booking):
    if not booking.is_open:
        return "CANCELLED"
    return "CONFIRMED" if booking.state == State.CONFIRMED else "TENTATIVE"


def _person(email, name=""):
    person = vCalAddress(f"mailto:{email}")
    if name:
        person.params["CN"] = name
    else:
        person.params["PARTSTAT"] = "ACCEPTED"
    return person
