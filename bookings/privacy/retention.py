"""Deleting what need not be kept any longer. How long that is, staff may shorten."""

from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from bookings.models import (
    Booking,
    BookingNote,
    CallSettings,
    CallWish,
    Seat,
    Slot,
)
from bookings.services.limits import ADDRESS_KEPT
from kneecare.core.database.sqlite import truncate_journal

NO_WORDS = {"message": "", "fingerprint": ""}
NOBODY = {
    "name": "",
    "email": "",
    "phone": "",
    "source": "",
    "visitor_zone": "",
    "sender_key": "",
    **NO_WORDS,
}


def purge():
    """Delete what visitors wrote and who they are once it is over for long enough; unused times once they are past."""
    now = timezone.now()
    rules = CallSettings.objects.current()
    wordy = Booking.objects.over_since(now - timedelta(days=rules.message_days))
    _delete_words(wordy)
    known = Booking.objects.over_since(now - timedelta(days=rules.contact_days))
    known.exclude(email="").update(**NOBODY)
    Slot.objects.filter(ends_at__lt=now).never_asked_for().delete()
    _delete_kept_mail(now - timedelta(days=rules.mail_days))
    truncate_journal()


def forget_addresses():
    """Delete what is known of network addresses a day after they were seen, and seats that are free again."""
    now = timezone.now()
    Seat.objects.filter(expires_at__lte=now).delete()
    seen = Booking.objects.exclude(sender_key="")
    seen.filter(created_at__lte=now - ADDRESS_KEPT).update(sender_key="")


@transaction.atomic
def erase(bookings):
    """Delete at once, and all of it, what the visitors of ``bookings`` wrote and who they are."""
    chosen = Booking.objects.filter(pk__in=list(bookings.values_list("pk", flat=True)))
    _delete_words(chosen)
    Seat.objects.filter(booking__in=chosen).delete()
    chosen.update(**NOBODY)


def _delete_words(bookings):
    CallWish.objects.filter(booking__in=bookings).delete()
    BookingNote.objects.filter(booking__in=bookings).delete()
    bookings.exclude(message="", fingerprint="").update(**NO_WORDS)


def _delete_kept_mail(moment):
    """Mail that was sent into a folder, as it is where no mail server is set, is kept there no longer."""
    folder = getattr(settings, "EMAIL_FILE_PATH", None)
    if not folder or not settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
        return
    for path in Path(folder).glob("*.log"):
        if path.stat().st_mtime < moment.timestamp():
            path.unlink(missing_ok=True)
