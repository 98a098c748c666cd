"""Mail that is owed: rows of a queue, sent at least once, never lost, and none held up by another."""

import logging
import smtplib
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from email.utils import formatdate
from typing import Any, Protocol, Self

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import models
from django.template.loader import render_to_string
from django.utils import timezone

from kneecare.core.jobs.clock_check import clock_is_right
from kneecare.core.jobs.queue import QueuedWork, QueueQuerySet
from kneecare.core.mail_provider import headers_for

KEEP_TRYING = timedelta(hours=48)
BATCH = 20  # a round: what has come due meanwhile is looked for in between
NO_ADDRESS = "NoAddress"
MAIL_IS_LATE = timedelta(minutes=15)
logger = logging.getLogger(__name__)


def make_message_id() -> str:
    return f"<{uuid.uuid4().hex}@{settings.SITE.hostname}>"


def make_deadline() -> datetime:
    return timezone.now() + KEEP_TRYING


class MailState(models.TextChoices):
    WAITING = "waiting", "Waiting"
    SENT = "sent", "Sent"
    FAILED = "failed", "Failed: could not be sent"
    ABORTED = "aborted", "Not needed any more"


class Message(Protocol):
    """A mail, or whatever else is sent in its stead."""

    def send(self) -> Any: ...


class QueuedMailQuerySet(QueueQuerySet):
    def pending(self) -> Self:
        return self.filter(state=MailState.WAITING)

    def stuck(self) -> Self:
        """Mail that waits whether the mail server takes none, or no worker sends any. That one mailbox takes none says neither."""
        late = self.pending().filter(created_at__lt=timezone.now() - MAIL_IS_LATE)
        return late.exclude(last_error__startswith="SMTPRecipientsRefused")

    def send_again(self) -> int:
        """Put mail that failed back into the queue; returns how many there were."""
        return self.filter(state=MailState.FAILED).update(
            state=MailState.WAITING,
            next_attempt_at=timezone.now(),
            give_up_at=make_deadline(),
        )


class QueuedMail(QueuedWork):
    """A mail that is owed. It is written with the change that it tells of, and made only when it is sent."""

    LEASE = timedelta(seconds=60)
    FIRST_WAIT = timedelta(seconds=5)
    LONGEST_WAIT = timedelta(minutes=10)
    State = MailState

    state = models.CharField(
        max_length=10, choices=MailState, default=MailState.WAITING
    )
    give_up_at = models.DateTimeField("tried until", default=make_deadline)
    message_id = models.CharField(
        max_length=200, unique=True, default=make_message_id, editable=False
    )
    created_at = models.DateTimeField("written", default=timezone.now)

    class Meta(QueuedWork.Meta):
        abstract = True

    @property
    def is_overtaken(self) -> bool:
        """Whether what it would say is no longer so."""
        return False


def deliver(
    mails: QueuedMailQuerySet, message_for: Callable[[Any], Message | None]
) -> None:
    """Send what is due, oldest first. Several workers may do so at once.

    ``message_for`` makes the message of a mail, or ``None`` when there is nobody to send it to.
    """
    for mail in mails.claim_each(BATCH):
        if not _attempt(mail, message_for):
            return


def make_message(
    mail: QueuedMail,
    name: str,
    context: dict[str, Any],
    to: str,
    *,
    reply_to: str = "",
) -> EmailMultiAlternatives:
    """The message of the templates ``name``.txt, of which the first line is the subject, and ``name``.html.

    However often it is sent, it is one message to its reader: of the id and the date with which it was written.
    """
    subject, _, body = render_to_string(f"{name}.txt", context).partition("\n\n")
    subject = " ".join(subject.split())
    message = EmailMultiAlternatives(
        subject=subject,
        body=body,
        to=[to],
        reply_to=[reply_to] if reply_to else None,
        headers={
            "Message-ID": mail.message_id,
            "Date": formatdate(mail.created_at.timestamp(), usegmt=True),
            "Auto-Submitted": "auto-generated",
            **headers_for(settings.EMAIL_PROVIDER, mail.message_id),
        },
    )
    html = render_to_string(f"{name}.html", {**context, "subject": subject})
    message.attach_alternative(html, "text/html")
    return message


def _attempt(mail: QueuedMail, message_for: Callable[[Any], Message | None]) -> bool:
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
        mail.settle(state=MailState.SENT, last_error="")
    else:
        reason = "" if mail.is_overtaken else NO_ADDRESS
        mail.settle(state=MailState.ABORTED, last_error=reason)
    return True


def _give_up_or_try_later(mail: QueuedMail, error: Exception) -> None:
    is_too_old = timezone.now() >= mail.give_up_at
    if _is_permanent(error) or (is_too_old and clock_is_right()):
        mail.settle(state=MailState.FAILED, last_error=_reason(error))
    else:
        mail.try_later(_reason(error))


def _is_permanent(error: Exception) -> bool:
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


def _is_unreachable(error: Exception) -> bool:
    lost = (smtplib.SMTPConnectError, smtplib.SMTPServerDisconnected)
    return isinstance(error, (*lost, ConnectionError, TimeoutError))


def _is_refusal(code: int) -> bool:
    return 500 <= code < 600


def _reason(error: Exception) -> str:
    """The kind of error and its number. Its text may quote an address."""
    codes = [getattr(error, "smtp_code", getattr(error, "code", ""))]
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _ in error.recipients.values()]
    return " ".join([type(error).__name__, *map(str, codes)]).strip()
