"""Deleting what need not be kept any longer. How long that is, staff may shorten."""

from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from bookings.models import (
    Booking,
    BookingNote,
    CallSettings,
    CallWish,
    HoldLimit,
    OutboxMail,
    Slot,
)
from bookings.services.limits import CLIENT_IP_KEPT
from kneecare.core.database.sqlite import truncate_journal

# The fields of a request that tell who asked, in what words: each with its name in the export of one person's data.
PERSONAL_FIELDS = {
    "name": "name",
    "email": "e-mail",
    "phone": "phone",
    "message": "what they wrote",
    "referrer": "came from",
    "visitor_zone": "time zone",
}
NO_WORDS = {"message": "", "fingerprint": ""}
NOBODY: dict[str, str | None] = {
    **dict.fromkeys(PERSONAL_FIELDS, ""),
    "client_ip_key": "",
    "email_key": "",
    "searchable_name": "",
    "wants_earlier_since": None,
    "texts_agreed_at": None,
    **NO_WORDS,
}


def purge():
    """Delete what visitors wrote and who they are once it is over for long enough; unused times once they are past."""
    now = timezone.now()
    rules = CallSettings.objects.current()
    wordy = Booking.objects.over_since(now - timedelta(days=rules.message_days))
    _delete_words(wordy)
    known = Booking.objects.over_since(now - timedelta(days=rules.contact_days))
    _forget_who(known.exclude(name="", email="", phone=""))
    Slot.objects.filter(ends_at__lt=now).never_asked_for().delete()
    _delete_kept_mail(now - timedelta(days=rules.mail_days))
    _delete_words_of_mail(now - timedelta(days=rules.mail_days))
    truncate_journal()


def forget_client_ips():
    """Delete what is known of client IPs a day after they were seen, and holds that have ended."""
    now = timezone.now()
    HoldLimit.objects.filter(expires_at__lte=now).delete()
    seen = Booking.objects.exclude(client_ip_key="")
    seen.filter(created_at__lte=now - CLIENT_IP_KEPT).update(client_ip_key="")


@transaction.atomic
def erase(bookings):
    """Delete at once, and all of it, what the visitors of ``bookings`` wrote and who they are."""
    chosen = Booking.objects.filter(pk__in=list(bookings.values_list("pk", flat=True)))
    _delete_words(chosen)
    HoldLimit.objects.filter(booking__in=chosen).delete()
    waiting = OutboxMail.objects.pending().filter(booking__in=chosen)
    waiting.filter(leased_until=None).update(state=OutboxMail.State.ABORTED)
    _forget_who(chosen)
    transaction.on_commit(truncate_journal)


def _forget_who(bookings):
    """Nobody is left in them; and what was read of them before is another version, by which nothing is written any more."""
    mails = OutboxMail.objects.filter(booking__in=bookings)
    mails.update(recipient_key="", returned_email_key="")
    bookings.update(version=F("version") + 1, **NOBODY)


def _delete_words(bookings):
    CallWish.objects.filter(booking__in=bookings).delete()
    BookingNote.objects.filter(booking__in=bookings).delete()
    OutboxMail.objects.filter(booking__in=bookings).exclude(text="").update(text="")
    bookings.exclude(message="", fingerprint="").update(**NO_WORDS)


def _delete_kept_mail(moment):
    """What was sent into a folder, as it is where no mail server or provider of texts is set, is kept there no longer."""
    _delete_files(settings.SMS_FILE_PATH, moment)
    folder = getattr(settings, "EMAIL_FILE_PATH", None)
    if folder and settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
        _delete_files(folder, moment)


def _delete_files(folder, moment):
    for path in Path(folder).glob("*.log"):
        if path.stat().st_mtime < moment.timestamp():
            path.unlink(missing_ok=True)


def _delete_words_of_mail(moment):
    """What staff wrote in a mail that went out, or never will, is kept no longer than the mail itself."""
    done = OutboxMail.objects.filter(
        state__in=[OutboxMail.State.SENT, OutboxMail.State.ABORTED]
    )
    done.filter(created_at__lt=moment).exclude(text="").update(text="")
