"""Correcting how a visitor is reached."""

from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from phonenumber_field.phonenumber import to_python as parsed

from bookings.exceptions import NotPossible
from bookings.models import Booking, BookingEvent, CallSettings, OutboxMail
from bookings.models.booking import make_public_id
from bookings.services import limits, mail_limits
from bookings.services.change import compare_and_swap, owe, record
from bookings.services.limits import phone_key
from bookings.services.names import searchable
from bookings.services.retry import tried_again
from bookings.services.undo import mails_about
from kneecare.core.jobs.mail_queue import NO_ADDRESS

NOBODY = "Give an e-mail address or a phone number, so that somebody can be reached."
ERASED = "This person's data was erased. There is nothing to correct."
Mail, Kind = OutboxMail.State, OutboxMail.Kind
# What was to be said while there was no address to say it to.
HAD_NOWHERE_TO_GO = Q(state=Mail.ABORTED, last_error=NO_ADDRESS)
ANSWERS = [Kind.DECLINED, Kind.CANCELLED, Kind.REPLY]
AN_ANSWER_IS_NEW = timedelta(days=7)


@tried_again
def correct_contact(
    booking: Booking, *, name: str, email: str, phone: str, by: User
) -> int:
    """Change who is reached and how. Returns how many mails go to another address for it: those that could not be sent, or
    else one that says how things stand, or what an answer of the last days said.

    The links in mail to another mailbox end: whoever reads it may be a stranger, and the request says who the visitor is. Raises ``ChangedMeanwhile`` when the request has changed since it was read.
    """
    if not booking.name:
        raise NotPossible(ERASED)
    if not (email or phone):
        raise NotPossible(NOBODY)
    contact = {"name": name, "email": email, "phone": phone}
    corrected = [key for key in contact if contact[key] != getattr(booking, key)]
    is_new_email = "email" in corrected
    held = limits.contact_keys(booking)
    if not corrected:
        return 0
    with transaction.atomic():
        compare_and_swap(booking, contact | _made_of(booking, **contact))
        _write_down(booking, corrected, by)
        going = _carry_mail(booking, is_new_email)
        if is_new_email and email and not going:
            going = _say_again(booking)
        if booking.is_open and booking.slot:
            booking.hold_limits.filter(key__in=held).delete()
            limits.hold_if_room(booking)
    return going


def _made_of(
    booking: Booking, *, name: str, email: str, phone: str
) -> dict[str, str | datetime | None]:
    """What is stored of contact details besides; with another mailbox a new id, which ends the links to the old one."""
    made: dict[str, str | datetime | None] = {
        "searchable_name": searchable(name),
        "email_key": limits.email_key("mailbox", email),
        "texts_agreed_at": _agreement(booking, phone),
    }
    if booking.email and not limits.is_same_mailbox(booking.email, email):
        made["public_id"] = make_public_id()
    return made


def _write_down(booking: Booking, corrected: list[str], by: User) -> None:
    action = BookingEvent.Action.CORRECTED
    which = " ".join(corrected)
    record(booking, booking.state, by=by, action=action, corrected=which)


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
    carried |= to_visitor & HAD_NOWHERE_TO_GO
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
    unsent |= HAD_NOWHERE_TO_GO
    return _send_to_new_email(
        booking, booking.mails.filter(to_visitor, current, unsent)
    )


def _send_to_new_email(booking: Booking, mails: QuerySet[OutboxMail]) -> int:
    """Have ``mails`` wait as long as a press can be undone, so that a slip in the new address can be corrected too."""
    if not booking.email:
        mails.update(state=Mail.ABORTED, last_error=NO_ADDRESS)
        return 0
    return mails.update(
        state=Mail.WAITING,
        last_error="",
        recipient_key=booking.email_key,
        next_attempt_at=timezone.now() + CallSettings.objects.current().undo,
        give_up_at=OutboxMail._meta.get_field("give_up_at").get_default(),
    )


def _say_again(booking: Booking) -> int:
    """To a mailbox that has heard nothing: how things stand, or the answer that went elsewhere in the last days."""
    if booking.is_open:
        owe(booking, mails_about(booking), waits=True)
        return 1
    since = timezone.now() - AN_ANSWER_IS_NEW
    answers = booking.mails.filter(
        kind__in=ANSWERS, state=Mail.SENT, created_at__gt=since
    )
    last = answers.exclude(recipient_key=booking.email_key).first()
    if last is None:
        return 0
    owe(booking, [last.kind], waits=True, line=last.text)
    return 1
