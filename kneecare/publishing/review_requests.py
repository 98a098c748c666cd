"""Asking a clinician to sign, and their answer: a signature, or a note on what is to change first."""

from typing import Any

from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.utils import timezone

from kneecare.core.admin.urls import admin_url
from kneecare.core.jobs import mail_queue
from kneecare.core.people import name_of
from kneecare.core.structured_data import absolute
from kneecare.publishing.exceptions import Refused
from kneecare.publishing.models import ReviewRequest
from kneecare.publishing.signatures import NOT_YOURS, signer_of

Answer = ReviewRequest.Answer
ASKED = "Somebody has asked for this review just now."
CANNOT = "{} cannot sign: they have left, or no account stands for them."
NO_NOTE = "Say what is to change: whoever asked reads it."


def ask(subject: Any, clinician: Any, *, by: Any) -> ReviewRequest:
    """Ask ``clinician`` to sign, once at a time; the mail goes with the request. Raises ``Refused``."""
    if not clinician.can_sign:
        raise Refused(CANNOT.format(clinician))
    try:
        with transaction.atomic():
            _answer(ReviewRequest.objects.of(subject).sent_back(), Answer.DONE)
            return ReviewRequest.objects.create(
                subject=subject,
                clinician=clinician,
                asked_by=by,
                asked_by_name=name_of(by),
            )
    except IntegrityError as error:
        raise Refused(ASKED) from error


def send_back(subject: Any, *, by: Any, note: str) -> None:
    """Whoever asked reads the ``note``, on the front page and on that of the review. Raises ``Refused``."""
    if signer_of(by) is None:
        raise Refused(NOT_YOURS)
    if not note:
        raise Refused(NO_NOTE)
    _answer(ReviewRequest.objects.of(subject).open(), Answer.SENT_BACK, note=note)


def settle(subject: Any) -> None:
    """It is signed: nobody has to do anything any more."""
    asked = ReviewRequest.objects.of(subject)
    _answer(asked.open() | asked.sent_back(), Answer.SIGNED)


def _answer(requests: Any, answer: Answer, **values: Any) -> None:
    requests.update(answer=answer, answered_at=timezone.now(), **values)


def review_url(subject: Any) -> str:
    """The page on which ``subject`` is signed."""
    return admin_url(subject, subject.review_page)


def deliver(clinic: Any) -> None:
    """Mail each clinician what they are asked to sign, in the name of ``clinic``. Several workers may do so."""
    mails = ReviewRequest.objects.select_related("clinician__account")

    def message_for(request: ReviewRequest) -> EmailMessage | None:
        if not request.to or request.subject is None:
            return None
        context = {
            "clinic": clinic,
            "request": request,
            "link": absolute(review_url(request.subject)),
        }
        return mail_queue.make_message(
            request, "emails/review_asked", context, request.to, reply_to=clinic.email
        )

    mail_queue.deliver(mails, message_for)
