from django.db import models

from kneecare.core.jobs.mail_queue import QueuedMail, QueuedMailQuerySet
from kneecare.publishing.models.review_request import ReviewRequest


class ReviewAnswer(QueuedMail):
    """The mail to who asked for a review: it is signed, or came back with a note."""

    request = models.ForeignKey(
        ReviewRequest, on_delete=models.CASCADE, related_name="answers"
    )
    answer = models.CharField(max_length=10, choices=ReviewRequest.Answer)
    answered_by_name = models.CharField(max_length=160)

    objects = QueuedMailQuerySet.as_manager()

    class Meta(QueuedMail.Meta):
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.request_id}: {self.get_answer_display()}"

    @property
    def is_overtaken(self) -> bool:
        """What came back is signed by now, or asked for again."""
        return self.request.answer != self.answer

    @property
    def to(self) -> str:
        """Where who asked reads mail; "" for who has left, and for an account without a mailbox."""
        asked_by = self.request.asked_by
        return asked_by.email if asked_by and asked_by.is_active else ""
