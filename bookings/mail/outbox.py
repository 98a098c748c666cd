"""Sending the mail that is owed: at least once, never lost, and none held up by another."""

import logging
import smtplib
from datetime import timedelta
from random import SystemRandom

from django.db.models import F
from django.utils import timezone

from bookings.mail.messages import message_for
from bookings.models import OutboxMail

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)
FIRST_WAIT = 5  # seconds
LONGEST_WAIT = 600
BATCH = 20  # so that the worker's other jobs get their turn

State = OutboxMail.State


def deliver():
    """Send what is due, oldest first. Several workers may do so at once."""
    due = OutboxMail.objects.due().order_by("next_attempt_at", "pk")
    for pk in due.values_list("pk", flat=True)[:BATCH]:
        if not _claim(pk):
            continue
        mail = OutboxMail.objects.select_related("booking__slot").get(pk=pk)
        if not _attempt(mail):
            return


def send_again(mails):
    """Put parked mail back into the queue; returns how many there were."""
    return mails.filter(state=State.PARKED).update(
        state=State.WAITING,
        next_attempt_at=timezone.now(),
        give_up_at=OutboxMail._meta.get_field("give_up_at").get_default(),
    )


def _claim(pk):
    """Whether this worker may send the mail. ``due()`` in the UPDATE lets one of several through."""
    mail = OutboxMail.objects.due().filter(pk=pk)
    return mail.update(
        state=State.SENDING,
        leased_until=timezone.now() + LEASE,
        attempts=F("attempts") + 1,
    )


def _attempt(mail):
    """Whether to go on with the next mail: not when the server cannot be reached, as each would wait for it as long."""
    if mail.is_overtaken:
        return _settle(mail, state=State.ABORTED)
    try:
        message = message_for(mail)
        if message is None:
            return _settle(mail, state=State.ABORTED)
        message.send()
    except Exception as error:
        logger.exception("Mail %s could not be sent.", mail.pk)
        _settle(mail, **_after(error, mail))
        return not _is_unreachable(error)
    return _settle(mail, state=State.SENT, last_error="")


def _settle(mail, **fields):
    """Write the outcome, unless the lease ran out and another worker has the mail now."""
    held = OutboxMail.objects.filter(
        pk=mail.pk, state=State.SENDING, attempts=mail.attempts
    )
    held.update(leased_until=None, **fields)
    return True


def _after(error, mail):
    reason = {"last_error": _reason(error)}
    now = timezone.now()
    if _is_permanent(error) or now >= mail.give_up_at:
        return {"state": State.PARKED, **reason}
    longest = min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(mail.attempts, 10))
    wait = timedelta(seconds=longest * SystemRandom().uniform(0.5, 1))
    return {"state": State.WAITING, "next_attempt_at": now + wait, **reason}


def _is_permanent(error):
    """Whether the fault is this one mail's, so that no later attempt can succeed."""
    match error:
        case smtplib.SMTPRecipientsRefused(recipients=recipients):
            return all(_is_refusal(code) for code, _ in recipients.values())
        case smtplib.SMTPDataError(smtp_code=code):
            return _is_refusal(code)
        case smtplib.SMTPNotSupportedError():
            return True
    # What the address or a header is made of: Django and the mail library raise these before they connect.
    return isinstance(error, ValueError)


def _is_unreachable(error):
    lost = (smtplib.SMTPConnectError, smtplib.SMTPServerDisconnected)
    return isinstance(error, (*lost, ConnectionError, TimeoutError))


def _is_refusal(code):
    return 500 <= code < 600


def _reason(error):
    """The kind of error and its number. Its text may quote an address."""
    codes = [getattr(error, "smtp_code", "")]
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _ in error.recipients.values()]
    return " ".join([type(error).__name__, *map(str, codes)]).strip()[:80]
