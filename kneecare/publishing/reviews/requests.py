"""Asking a clinician to sign, and their answer: a signature, or a note on what is to change first."""

from functools import partial
from typing import Any

from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.utils import timezone

from kneecare.core.admin.urls import admin_url
from kneecare.core.jobs import mail_queue
from kneecare.core.people import name_of
from kneecare.core.structured_data import absolute
from kneecare.publishing.exceptions import Refused
from kneecare.publishing.models import ReviewAnswer, ReviewRequest
from kneecare.publishing.reviews.signatures import NOT_YOURS, signer_of

Answer = ReviewRequest.Answer
ASKED = "Somebody has asked for this review just now."
CANNOT = "{} cannot sign: they have left, or no account stands for them."
NO_NOTE = "Say what is to change: whoever asked reads it."


def ask(subject: Any, clinician: Any, *, by: Any, wish: str = "") -> ReviewRequest:
    """Ask ``clinician`` to sign, once at a time; the mail goes with the request, and a ``wish``: what to look at.

    Raises ``Refused``.
    """
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
                wish=wish,
            )
    except IntegrityError as error:
        raise Refused(ASKED) from error


@transaction.atomic
def send_back(subject: Any, *, by: Any, note: str) -> None:
    """Whoever asked reads the ``note``: by mail, on the front page and on that of the review. Raises ``Refused``."""
    clinician = signer_of(by)
    if clinician is None:
        raise Refused(NOT_YOURS)
    if not note:
        raise Refused(NO_NOTE)
    asked = ReviewRequest.objects.of(subject).open()
    _answer(asked, Answer.SENT_BACK, by=clinician, note=note)


@transaction.atomic
def settle(subject: Any, *, by: Any) -> None:
    """The clinician ``by`` has signed it: nobody has to do anything any more, and who asked is told."""
    asked = ReviewRequest.objects.of(subject)
    _answer(asked.open() | asked.sent_back(), Answer.SIGNED, by=by)


def _answer(requests: Any, answer: Answer, *, by: Any = None, **values: Any) -> None:
    """Who asked gets a mail of it, but for an answer that is nobody's, and one of their own."""
    for request in requests.select_for_update(of=("self",)):
        is_told = by is not None and request.asked_by_id not in (None, by.account_id)
        if is_told:
            request.answers.create(answer=answer, answered_by_name=str(by))
        requests.model.objects.filter(pk=request.pk).update(
            answer=answer, answered_at=timezone.now(), **values
        )


def review_url(subject: Any) -> str:
    """The page on which ``subject`` is signed."""
    return admin_url(subject, subject.review_page)


def deliver(clinic: Any) -> None:
    """Mail each clinician what they are asked to sign, and each who asked what became of it, in the name of ``clinic``. Several workers may do so."""
    requests = ReviewRequest.objects.select_related("clinician__account")
    mail_queue.deliver(requests, partial(_request_message, clinic))
    answers = ReviewAnswer.objects.select_related("request__asked_by")
    mail_queue.deliver(answers, partial(_answer_message, clinic))


def _request_message(clinic: Any, request: ReviewRequest) -> EmailMessage | None:
    context = {"request": request}
    return _message(clinic, request, request.subject, "emails/review_asked", context)


def _answer_message(clinic: Any, mail: ReviewAnswer) -> EmailMessage | None:
    context = {"mail": mail, "is_signed": mail.answer == Answer.SIGNED}
    subject = mail.request.subject
    return _message(clinic, mail, subject, "emails/review_answered", context)


def _message(
    clinic: Any, mail: Any, subject: Any, name: str, context: dict[str, Any]
) -> EmailMessage | None:
    if not mail.to or subject is None:
        return None
    context |= {"clinic": clinic, "link": absolute(review_url(subject))}
    return mail_queue.make_message(mail, name, context, mail.to, reply_to=clinic.email)
