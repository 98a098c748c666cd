"""Correcting how a visitor is reached."""

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from bookings.exceptions import NotPossible
from bookings.models import Booking, BookingEvent, CallSettings, OutboxMail
from bookings.models.booking import make_public_id
from bookings.services import limits, mail_limits
from bookings.services.change import compare_and_swap, owe, record
from bookings.services.names import searchable
from bookings.services.retry import tried_again
from bookings.services.undo import mails_about

NOBODY = "Give an e-mail address or a phone number, so that somebody can be reached."
ERASED = "This person's data was erased. There is nothing to correct."
Mail, Kind = OutboxMail.State, OutboxMail.Kind


@tried_again
def correct_contact(
    booking: Booking, *, name: str, email: str, phone: str, by: User
) -> None:
    """Change who is reached and how. Mail that could not be sent goes to the new address; where none waits, one says how things stand.

    The links in mail to another mailbox end: whoever reads it may be a stranger, and the request says who the visitor is. Raises ``ChangedMeanwhile`` when the request has changed since it was read.
    """
    if not booking.name:
        raise NotPossible(ERASED)
    if not (email or phone):
        raise NotPossible(NOBODY)
    is_new_email = email != booking.email
    held = limits.contact_keys(booking)
    corrected = _differing(booking, name=name, email=email, phone=phone)
    with transaction.atomic():
        values = {
            "name": name,
            "searchable_name": searchable(name),
            "email": email,
            "phone": phone,
            "email_key": limits.email_key("mailbox", email),
        }
        if booking.email and not limits.is_same_mailbox(booking.email, email):
            values["public_id"] = make_public_id()
        compare_and_swap(booking, values)
        _write_down(booking, corrected, by)
        carried = _carry_mail(booking, is_new_email)
        if is_new_email and not carried and booking.is_open:
            owe(booking, mails_about(booking), waits=True)
        if booking.is_open and booking.slot:
            booking.hold_limits.filter(key__in=held).delete()
            limits.hold_if_room(booking)


def _differing(booking: Booking, **values: str) -> str:
    """The names of what ``values`` change."""
    return " ".join(
        name for name, value in values.items() if value != getattr(booking, name)
    )


def _write_down(booking: Booking, corrected: str, by: User) -> None:
    action = BookingEvent.Action.CORRECTED
    record(booking, booking.state, by=by, action=action, corrected=corrected)


def _carry_mail(booking: Booking, is_new_email: bool) -> int:
    """Let the mail that has not arrived be about the request as it is now; returns how much of it goes to a new address."""
    to_visitor = ~Q(kind__in=mail_limits.TO_STAFF)
    carried = Q(state=Mail.WAITING, leased_until=None)
    # Whoever was reminded once is not reminded again.
    carried |= Q(kind=Kind.REMINDER, state=Mail.SENT)
    if is_new_email:
        carried |= to_visitor & Q(state=Mail.FAILED)
    of_before = booking.mails.filter(carried, version=booking.version - 1)
    of_before.exclude(kind=Kind.REPLY).update(version=booking.version)
    if not is_new_email:
        return 0
    # Each reply has words of its own, whatever version it is about.
    current = Q(version=booking.version) | Q(kind=Kind.REPLY)
    unsent = Q(state__in=[Mail.WAITING, Mail.FAILED], leased_until=None)
    return _send_to_new_email(
        booking, booking.mails.filter(to_visitor, current, unsent)
    )


def _send_to_new_email(booking: Booking, mails: QuerySet[OutboxMail]) -> int:
    """Have ``mails`` wait as long as a press can be undone, so that a slip in the new address can be corrected too."""
    if not booking.email:
        return mails.update(state=Mail.ABORTED)
    return mails.update(
        state=Mail.WAITING,
        next_attempt_at=timezone.now() + CallSettings.objects.current().undo,
        give_up_at=OutboxMail._meta.get_field("give_up_at").get_default(),
    )
