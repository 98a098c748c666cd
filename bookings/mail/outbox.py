"""Sending the mail that is owed: at least once, never lost, and none held up by another."""

import logging
import smtplib

from django.utils import timezone

from bookings.mail.messages import message_for
from bookings.models import OutboxMail
from kneecare.core.jobs.clock_check import clock_is_right

logger = logging.getLogger(__name__)

BATCH = 20  # a round: what has come due meanwhile is looked for in between

NO_ADDRESS = "NoAddress"
State = OutboxMail.State


def deliver():
    """Send what is due, oldest first. Several workers may do so at once."""
    mails = OutboxMail.objects.select_related("booking__slot")
    for mail in mails.claim_each(BATCH):
        if not _attempt(mail):
            return


def send_again(mails):
    """Put mail that failed back into the queue; returns how many there were."""
    return mails.filter(state=State.FAILED).update(
        state=State.WAITING,
        next_attempt_at=timezone.now(),
        give_up_at=OutboxMail._meta.get_field("give_up_at").get_default(),
    )


def _attempt(mail):
    """Send ``mail``, and say whether the mail server can be reached: where it cannot, the next mail would only wait."""
    message = None
    try:
        if not mail.is_overtaken:
            message = message_for(mail)
        if message is not None:
            message.send()
    except Exception as error:
        logger.exception("Mail %s could not be sent.", mail.pk)
        _give_up_or_try_later(mail, error)
        return not _is_unreachable(error)
    if message:
        mail.settle(state=State.SENT, last_error="")
    else:
        mail.settle(
            state=State.ABORTED, last_error="" if mail.is_overtaken else NO_ADDRESS
        )
    return True


def _give_up_or_try_later(mail, error):
    is_too_old = timezone.now() >= mail.give_up_at
    if _is_permanent(error) or (is_too_old and clock_is_right()):
        mail.settle(state=State.FAILED, last_error=_reason(error))
    else:
        mail.try_later(_reason(error))


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
    return " ".join([type(error).__name__, *map(str, codes)]).strip()
