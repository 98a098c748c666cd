"""Whether a request may come from a program. It is a hint, and each that there is counts."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from bookings.models import Booking
from bookings.services.limits import email_key
from bookings.states import REASONS

MANY = 10  # requests from one client IP in a day: more are flagged
MANY_CALL_BACKS = 3  # that one mailbox waits for
BULK = 20  # requests about a call within an hour, whoever sends them

Reason = Booking.Suspicion


def suspicion_of(form_says: str, client_ip_key: str, email: str, *, call: bool) -> str:
    """The reasons, in one order: what the form gave away, and how many come like it."""
    found = {
        *form_says.split(),
        *([Reason.MANY] if _is_one_of_many(client_ip_key, email) else []),
        *([Reason.BULK] if call and _is_in_bulk() else []),
    }
    return " ".join(reason for reason in REASONS if reason in found)


def _is_one_of_many(client_ip_key: str, email: str) -> bool:
    today = Booking.objects.filter(created_at__gt=timezone.now() - timedelta(days=1))
    if client_ip_key and today.filter(client_ip_key=client_ip_key).count() >= MANY:
        return True
    mailbox = Booking.objects.filter(email_key=email_key("mailbox", email))
    waits = mailbox.filter(
        kind=Booking.Kind.CALL_BACK, slot=None, state=Booking.State.REQUESTED
    )
    return waits.count() >= MANY_CALL_BACKS


def _is_in_bulk() -> bool:
    lately = Q(created_at__gt=timezone.now() - timedelta(hours=1))
    about_calls = Q(kind__in=[Booking.Kind.DISCOVERY_CALL, Booking.Kind.CALL_BACK])
    return Booking.objects.filter(lately & about_calls).count() >= BULK
