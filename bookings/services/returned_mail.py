"""Mail that went out and came back, or was complained of: written down at the mail, once."""

from anymail.signals import AnymailTrackingEvent, EventType
from django.db import transaction
from django.utils import timezone

from bookings.mail.provider_events import BOUNCED, message_ids
from bookings.models import OutboxMail
from bookings.services.limits import email_key
from bookings.services.mail_limits import TO_STAFF


def note_event(event: AnymailTrackingEvent) -> bool:
    """Write down that a visitor's mailbox did not take a mail, or complained of one; whether that was news.

    What tells of neither, of a mail that is not ours, or of an address that the request no longer has, is let be. A
    provider sends an event again until it is sure that it was taken, and may send another about the same mail: a mail
    comes back once, and is complained of once.
    """
    if event.event_type in BOUNCED:
        field = "bounced_at"
    elif event.event_type == EventType.COMPLAINED:
        field = "complained_at"
    else:
        return False
    with transaction.atomic():
        mail = _mail_of(event)
        if mail is None or getattr(mail, field) is not None:
            return False
        setattr(mail, field, timezone.now())
        mail.returned_email_key = mail.booking.email_key
        mail.save(update_fields=[field, "returned_email_key"])
        return True


def _mail_of(event: AnymailTrackingEvent) -> OutboxMail | None:
    named = OutboxMail.objects.filter(message_id__in=message_ids(event))
    to_visitor = named.exclude(kind__in=TO_STAFF).exclude(booking__email_key="")
    # Locked alone, without its request: two that tell of it at once wait for each other.
    mail = to_visitor.select_for_update(of=("self",)).first()
    if mail is None:
        return None
    told = email_key("mailbox", event.recipient) if _is_email(event.recipient) else ""
    return mail if told in ("", mail.booking.email_key) else None


def _is_email(text: object) -> bool:
    return isinstance(text, str) and "@" in text
