"""Correcting how a visitor is reached."""

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from bookings.exceptions import NotPossible
from bookings.models import Booking, BookingEvent, OutboxMail
from bookings.services import limits, mail_limits
from bookings.services.change import compare_and_swap, owe, record
from bookings.services.names import searchable
from bookings.services.retry import tried_again
from bookings.services.undo import mails_about

NOBODY = "Give an e-mail address or a phone number, so that somebody can be reached."
ERASED = "This person's data was erased. There is nothing to correct."
Mail = OutboxMail.State


@tried_again
def correct_contact(
    booking: Booking, *, name: str, email: str, phone: str, by: User
) -> None:
    """Change who is reached and how. Mail that could not be sent goes to the new address; where none waits, one says how things stand.

    Raises ``ChangedMeanwhile`` when the request has changed since it was read.
    """
    if not booking.name:
        raise NotPossible(ERASED)
    if not (email or phone):
        raise NotPossible(NOBODY)
    is_new_email = email != booking.email
    with transaction.atomic():
        values = {
            "name": name,
            "searchable_name": searchable(name),
            "email": email,
            "phone": phone,
            "email_key": limits.email_key("mailbox", email),
        }
        compare_and_swap(booking, values)
        record(booking, booking.state, by=by, action=BookingEvent.Action.CORRECTED)
        carried = _carry_mail(booking, is_new_email)
        if is_new_email and not carried and booking.is_open:
            owe(booking, mails_about(booking), waits=True)
        if booking.is_open and booking.slot:
            limits.release(booking)
            limits.hold_if_room(booking)


def _carry_mail(booking: Booking, is_new_email: bool) -> int:
    """Let the mail that has not arrived be about the request as it is now; returns how much of it goes to the visitor."""
    undelivered = Q(state=Mail.WAITING)
    if is_new_email:
        undelivered |= Q(state=Mail.FAILED)
    mails = booking.mails.filter(
        undelivered, version=booking.version - 1, leased_until=None
    )
    # Whoever was reminded once is not reminded again.
    booking.mails.filter(
        kind=OutboxMail.Kind.REMINDER, state=Mail.SENT, version=booking.version - 1
    ).update(version=booking.version)
    to_staff = mails.filter(kind__in=mail_limits.TO_STAFF)
    to_staff.filter(state=Mail.WAITING).update(version=booking.version)
    return mails.exclude(kind__in=mail_limits.TO_STAFF).update(
        version=booking.version,
        state=Mail.WAITING,
        next_attempt_at=timezone.now(),
        give_up_at=OutboxMail._meta.get_field("give_up_at").get_default(),
    )
