"""Correcting how a visitor is reached."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from phonenumber_field.phonenumber import to_python as parsed

from bookings.exceptions import NotPossible
from bookings.models import Booking, BookingEvent, CallSettings, OutboxMail
from bookings.services import limits, mail_limits
from bookings.services.change import compare_and_swap, owe, record
from bookings.services.limits import phone_key
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

    Raises ``ChangedMeanwhile`` when the request has changed since it was read.
    """
    if not booking.name:
        raise NotPossible(ERASED)
    if not (email or phone):
        raise NotPossible(NOBODY)
    is_new_email = email != booking.email
    held = limits.contact_keys(booking)
    with transaction.atomic():
        values = {
            "name": name,
            "searchable_name": searchable(name),
            "email": email,
            "phone": phone,
            "email_key": limits.email_key("mailbox", email),
            "texts_agreed_at": _agreement(booking, phone),
        }
        compare_and_swap(booking, values)
        record(booking, booking.state, by=by, action=BookingEvent.Action.CORRECTED)
        carried = _carry_mail(booking, is_new_email)
        if is_new_email and not carried and booking.is_open:
            owe(booking, mails_about(booking), waits=True)
        if booking.is_open and booking.slot:
            booking.hold_limits.filter(key__in=held).delete()
            limits.hold_if_room(booking)


def _agreement(booking: Booking, phone: str) -> datetime | None:
    """Who agreed to texts did so for one number."""
    is_same = phone_key(parsed(phone)) == phone_key(booking.phone)
    return booking.texts_agreed_at if is_same else None


def _carry_mail(booking: Booking, is_new_email: bool) -> int:
    """Let the mail that has not arrived be about the request as it is now; returns how much of it goes to a new address."""
    texts = mail_limits.TEXT_OF.values()
    to_visitor = ~Q(kind__in=[*mail_limits.TO_STAFF, *texts])
    carried = Q(state=Mail.WAITING, leased_until=None)
    # Whoever was reminded once is not reminded again.
    carried |= Q(kind__in=[Kind.REMINDER, Kind.TEXT_REMINDER], state=Mail.SENT)
    if is_new_email:
        carried |= to_visitor & Q(state=Mail.FAILED)
    of_before = booking.mails.filter(carried, version=booking.version - 1)
    of_before.exclude(kind__in=mail_limits.OF_NO_VERSION).update(
        version=booking.version
    )
    if not is_new_email:
        return 0
    # Replies and offers have words of their own, whatever version they are about.
    current = Q(version=booking.version) | Q(kind__in=mail_limits.OF_NO_VERSION)
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
