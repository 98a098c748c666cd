"""What is odd about a request, in a few words beside its state."""

from django.db.models import Exists, OuterRef
from django.utils import timezone

from bookings.models import OutboxMail
from bookings.states import State


def mail_came_back():
    """Whether a mail of a request did, to annotate requests with."""
    return Exists(OutboxMail.objects.came_back().filter(booking=OuterRef("pk")))


def marks_of(booking):
    """``booking`` was read ``with_busy_time()`` and with ``mail_came_back``."""
    odd = [
        _is_over(booking),
        _wishes(booking),
        _is_in_the_way(booking),
        _takes_no_mail(booking),
    ]
    marks = [mark for mark in odd if mark]
    return marks + [f"May not be a person: {reason}" for reason in booking.suspicions]


def _is_over(booking):
    slot = booking.slot
    is_over = slot and slot.ends_at <= timezone.now()
    return "How did it go?" if is_over and booking.state == State.CONFIRMED else ""


def _wishes(booking):
    waits = booking.wants_earlier_since is not None and booking.can_be_moved
    return "Wishes for an earlier time" if waits else ""


def _is_in_the_way(booking):
    slot = booking.slot
    if slot is None or booking.has_started or not booking.is_open:
        return ""
    if booking.hits_busy_time:
        return f"Hit by a busy time in the calendar of {slot.clinician.name}"
    return "Outside your hours" if slot.state == "withdrawn" else ""


def _takes_no_mail(booking):
    if not booking.mail_came_back:
        return ""
    instead = ": call instead" if booking.phone else ", and there is no number to call"
    return f"This address does not take our mail{instead}"
