"""What staff decide about a request, and its visitor about their own."""

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.db import transaction

from bookings.exceptions import Erased, NotPossible
from bookings.models import Booking, BookingEvent, BookingNote, OutboxMail
from bookings.services.change import change
from bookings.services.retry import tried_again
from bookings.states import State
from kneecare.core.people import name_of

Mail = OutboxMail.Kind

ANSWERABLE = (State.REQUESTED, State.COMPLETED)
NO_REPLY = "There is nobody to reply to, or the request is closed."
NOT_YET = "The call has not begun. To call it off, cancel it."


def confirm(booking: Booking, *, by: User) -> None:
    _decide(booking, State.CONFIRMED, by=by, mails=[Mail.CONFIRMED])


def decline(booking: Booking, *, by: User, line: str = "") -> None:
    """Say no to a call or a call-back, with a mail that offers free times and has ``line`` in it. An enquiry is closed without one: it may be an advertisement."""
    mails = [Mail.DECLINED] if booking.is_about_a_call else []
    _decide(booking, State.DECLINED, by=by, mails=mails, line=line)


@tried_again
def reply(booking: Booking, text: str, *, by: User) -> None:
    """Answer an enquiry by mail; it is done then. One that was answered can be answered once more."""
    is_enquiry = not booking.is_about_a_call
    if not (is_enquiry and booking.email and booking.state in ANSWERABLE):
        raise NotPossible(NO_REPLY)
    change(
        booking,
        State.COMPLETED,
        by=by,
        mails=[Mail.REPLY],
        line=text,
        action=BookingEvent.Action.REPLIED,
    )


def complete(booking: Booking, *, by: User) -> None:
    """Note that a call was held, or a request without one answered. A call to come keeps its time until it has begun."""
    if booking.is_call and not booking.has_started:
        raise NotPossible(NOT_YET)
    _decide(booking, State.COMPLETED, by=by)


def no_show(booking: Booking, *, by: User) -> None:
    if not booking.has_started:
        raise NotPossible(NOT_YET)
    _decide(booking, State.NO_SHOW, by=by)


def expire(booking: Booking) -> None:
    _decide(booking, State.EXPIRED)


def cancel_by_clinic(booking: Booking, *, by: User, line: str = "") -> None:
    state = State.CANCELLED_BY_CLINIC
    _decide(booking, state, by=by, mails=[Mail.CANCELLED], line=line)


def cancel_by_visitor(booking: Booking) -> None:
    """Staff are told of a call, as somebody may count on it."""
    if booking.has_started:
        raise NotPossible
    mails = [Mail.CANCELLED, Mail.CHANGED] if booking.is_call else [Mail.CANCELLED]
    _decide(booking, State.CANCELLED_BY_VISITOR, is_by_visitor=True, mails=mails)


def note(booking: Booking, text: str, *, by: User) -> BookingNote:
    """Keep what staff noted about the request: private to staff, never changed, and no new version of the request."""
    if not text.strip():
        raise NotPossible("Write the note first.")
    with transaction.atomic():
        # Whoever erases a person waits, or has done so before.
        known = Booking.objects.select_for_update().filter(pk=booking.pk)
        if not known.exclude(name="").exists():
            raise Erased
        return BookingNote.objects.create(
            booking=booking, text=text.strip(), by=by, by_name=name_of(by)
        )


@tried_again
def _decide(
    booking: Booking,
    state: State,
    *,
    by: User | None = None,
    is_by_visitor: bool = False,
    mails: Iterable[str] = (),
    line: str = "",
) -> None:
    if not booking.can_become(state):
        raise NotPossible
    change(booking, state, by=by, is_by_visitor=is_by_visitor, mails=mails, line=line)
