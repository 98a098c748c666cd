"""How much mail a visitor can have us send: to a mailbox, whoever asks in its name, and to staff."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from bookings.models import Booking, OutboxMail
from bookings.services.limits import phone_key

A_DAY = 10  # mails to one mailbox: past that, what visitors do sends no more there
FROM_ONE_SENDER = 30  # mails a day that one client IP can have us send, to whomever: a flood reaches few strangers
STAFF_AN_HOUR = 20  # mails about new requests: the queue has them all
Mail = OutboxMail.Kind
TO_STAFF = [Mail.NEW_REQUEST, Mail.CHANGED]
TEXT_OF = {Mail.CONFIRMED: Mail.TEXT_CONFIRMED, Mail.REMINDER: Mail.TEXT_REMINDER}
TEXTS_A_DAY = 6  # to one number, whoever asks in its name
OF_NO_VERSION = [Mail.REPLY, Mail.OFFER]  # they hold whatever else happens


def owed(booking: Booking, kind: str, **fields: Any) -> OutboxMail:
    """A mail or a text about ``booking`` as it is now, to whom it has now; not stored yet."""
    to = recipient_key(booking, kind)
    return OutboxMail(booking=booking, kind=kind, version=booking.version, recipient_key=to, **fields)  # fmt: skip


def recipient_key(booking: Booking, kind: str) -> str:
    """Which mailbox, or which number, a message of this kind goes to now; "" for one to staff."""
    if kind in TO_STAFF:
        return ""
    return phone_key(booking.phone) if kind in TEXT_OF.values() else booking.email_key


def within(booking: Booking, mails: Iterable[str]) -> list[str]:
    """Those of ``mails`` about what a visitor did that are still within the limits."""
    kept = list(mails)
    if _mailbox_is_full(booking) or _sender_is_through(booking):
        kept = [kind for kind in kept if kind in TO_STAFF]
    if Mail.NEW_REQUEST in kept and not _rings(booking):
        kept.remove(Mail.NEW_REQUEST)
    return kept


def texts_beside(booking: Booking, mails: Iterable[str]) -> list[str]:
    """The texts that go out beside ``mails``, to who agreed to them and within the limit."""
    if not (booking.texts_agreed_at and booking.phone):
        return []
    texts: set[str] = {TEXT_OF[Mail(kind)] for kind in mails if kind in TEXT_OF}
    # One that waited may have been carried to this version.
    owed = booking.mails.filter(version=booking.version)
    texts -= set(owed.values_list("kind", flat=True))
    to_number = Q(booking__phone=booking.phone, kind__in=TEXT_OF.values())
    if texts and _count(to_number, timedelta(days=1)) < TEXTS_A_DAY:
        return sorted(texts)
    return []


def abort_overtaken(booking: Booking) -> None:
    """What waits to be sent about ``booking`` as it was is not needed any more. One that is being sent is left alone, and so are replies and offers: each has words of its own."""
    waiting = booking.mails.filter(state=OutboxMail.State.WAITING, leased_until=None)
    overtaken = waiting.filter(version__lt=booking.version).exclude(
        kind__in=OF_NO_VERSION
    )
    overtaken.update(state=OutboxMail.State.ABORTED)


def _mailbox_is_full(booking: Booking) -> bool:
    of_mailbox = Q(booking__email_key=booking.email_key) & ~Q(kind__in=TO_STAFF)
    return bool(booking.email_key) and _count(of_mailbox, timedelta(days=1)) >= A_DAY


def _sender_is_through(booking: Booking) -> bool:
    key = booking.client_ip_key
    of_sender = Q(booking__client_ip_key=key) & ~Q(kind__in=TO_STAFF)
    return bool(key) and _count(of_sender, timedelta(days=1)) >= FROM_ONE_SENDER


def _count(which: Q, within: timedelta) -> int:
    since = timezone.now() - within
    mails = OutboxMail.objects.filter(which, created_at__gt=since)
    return mails.exclude(state=OutboxMail.State.ABORTED).count()


def _rings(booking: Booking) -> bool:
    """Whether staff get a mail about this request. Of a flood they see every one in the queue, but get no mail about each."""
    if Booking.Suspicion.MANY in booking.suspicion.split():
        return False
    new = Q(kind=Mail.NEW_REQUEST)
    return _count(new, timedelta(hours=1)) < STAFF_AN_HOUR
