"""STOP, and START: whoever writes one of them to our number decides about texts to theirs."""

from typing import Any

from django.db import transaction
from phonenumber_field.phonenumber import to_python as parsed

from bookings.models import Booking, OutboxMail, TextStop
from bookings.privacy.personal_data import requests_of
from bookings.services.limits import phone_key

# As Twilio understands them.
STOP = {"STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "OPTOUT", "REVOKE"}
START = {"START", "YES", "UNSTOP"}


def wants_no_text(phone: Any) -> bool:
    return TextStop.objects.filter(phone_key=phone_key(_bare(phone))).exists()


def take_in(sender: str, words: str) -> None:
    """Note what the number ``sender`` wrote. Anything but the words above is let be: nobody reads texts here."""
    word = words.strip().strip(".!").upper()
    phone = parsed(sender)
    if not phone or not phone.is_valid():
        return
    if word in STOP:
        _stop(phone)
    elif word in START:
        TextStop.objects.filter(phone_key=phone_key(_bare(phone))).delete()


@transaction.atomic
def _stop(phone: Any) -> None:
    """For good, and for whatever waits."""
    TextStop.objects.get_or_create(phone_key=phone_key(_bare(phone)))
    theirs = list(requests_of(phone=_bare(phone)).values_list("pk", flat=True))
    waiting = OutboxMail.objects.texts().pending().filter(leased_until=None)
    waiting.filter(booking__in=theirs).update(state=OutboxMail.State.ABORTED)
    Booking.objects.filter(pk__in=theirs).update(texts_agreed_at=None)


def _bare(phone: Any) -> str:
    """The number without an extension, which no text has."""
    return str(phone.as_e164)
