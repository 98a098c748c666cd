"""What each mail says. None holds a word that the visitor wrote: mail is open to read on its way."""

from email.mime.text import MIMEText

from django.urls import reverse
from django.utils import timezone

from bookings import clock
from bookings.availability.free_times import FreeTimes
from bookings.mail.ics import calendar_file
from bookings.meeting import meeting_of
from bookings.models import (
    AppointmentKind,
    Booking,
    BookingEvent,
    CallSettings,
    OutboxMail,
)
from bookings.tokens import url_token
from bookings.waiting.page import offered_time
from kneecare.clinic.models import Clinic
from kneecare.core.admin.urls import admin_url
from kneecare.core.jobs.mail_queue import make_message
from kneecare.core.structured_data import absolute

Action, Kind = BookingEvent.Action, OutboxMail.Kind

WITH_CALENDAR = (Kind.CONFIRMED, Kind.MOVED, Kind.CANCELLED)
WITH_FREE_TIMES = (Kind.DECLINED, Kind.CANCELLED)


def message_for(mail):
    """The message that ``mail`` stands for, or None when there is nobody to send it to."""
    clinic = Clinic.objects.current()
    booking, kind = mail.booking, AppointmentKind.objects.current()
    to = _recipient(mail, clinic)
    if not to:
        return None
    context = {
        "clinic": clinic,
        "booking": booking,
        "link": absolute(_link(mail)),
        "book_link": absolute(reverse("book")),
        "free_times": _free_times(booking, clinic) if _offers_times(mail) else [],
        "others": _others(booking) if mail.kind == Kind.RECEIVED else [],
        "by_visitor": mail.kind == Kind.MOVED and _is_by_visitor(booking),
        "meeting": meeting_of(booking, kind, clinic),
        "kind": kind,
        "text": mail.text,
        "offered": offered_time(mail.offer, booking, clinic.zone)
        if mail.offer
        else None,
        **clock.both(booking, clinic.zone),
    }
    name = f"emails/{mail.kind}"
    message = make_message(mail, name, context, to, reply_to=clinic.email)
    if mail.offer:
        message.extra_headers |= _one_click_unsubscribe(booking)
    if booking.slot and mail.kind in WITH_CALENDAR:
        message.attach(_calendar_part(booking, clinic, kind))
    return message


def _one_click_unsubscribe(booking):
    """For the button of mail programs: RFC 8058."""
    url = absolute(reverse("earlier", args=[url_token(booking)]))
    return {
        "List-Unsubscribe": f"<{url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def _recipient(mail, clinic):
    if not mail.is_to_staff:
        return mail.booking.email
    return CallSettings.objects.current().notify_email or clinic.email


def _link(mail):
    if mail.is_to_staff:
        return admin_url(mail.booking)
    return reverse("booking", args=[url_token(mail.booking)])


def _offers_times(mail):
    return mail.booking.is_about_a_call and mail.kind in WITH_FREE_TIMES


def _is_by_visitor(booking):
    """Whether the last who moved the call was its visitor, whatever has been corrected or taken back since."""
    events = list(booking.events.all())
    undone = {event.version for event in events if event.action == Action.UNDONE}
    moves = [
        event
        for event in events
        if event.is_move and undone.isdisjoint({event.version, event.version + 1})
    ]
    return bool(moves) and not moves[-1].is_by_staff


def _others(booking):
    """The links to the call times that are held under the same e-mail: whoever reads it can free them.

    Of what only may be the same mailbox, as with a +tag, no link goes out: not every server takes it for one.
    """
    if not booking.is_call_back or not booking.email:
        return []
    held = Booking.objects.with_call().upcoming().filter(email__iexact=booking.email)
    return [
        {
            "words": clock.moment_words(other.slot.starts_at, other.zone),
            "link": absolute(reverse("booking", args=[url_token(other)])),
        }
        for other in held.order_by("slot__starts_at")
    ]


def _free_times(booking, clinic):
    """The free times nearest to the one that is not to be: the words of each on both clocks, and the link that chooses it."""
    free_times = FreeTimes(CallSettings.objects.current(), clinic.zone)
    wanted = booking.slot.starts_at if booking.slot else timezone.now()
    return [
        {
            "words": clock.moment_words(slot.starts_at, clinic.zone),
            "own": clock.own_words(slot.starts_at, clinic.zone, booking.visitor_zone),
            "link": absolute(f"{reverse('book')}?time={slot.pk}"),
        }
        # The very time that was taken away is free now, but of no use.
        for slot in free_times.nearest(wanted, other_than=booking.slot_id)
    ]


def _calendar_part(booking, clinic, kind):
    content, method = calendar_file(booking, clinic, kind, to_mail=True)
    part = MIMEText(content.decode(), "calendar", "utf-8")
    part.set_param("method", method)
    part.add_header("Content-Disposition", "attachment", filename="invite.ics")
    return part
