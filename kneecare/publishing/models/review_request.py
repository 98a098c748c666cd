from typing import Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q

from kneecare.core.jobs.mail_queue import QueuedMail, QueuedMailQuerySet


class ReviewRequestQuerySet(QueuedMailQuerySet):
    def of(self, subject: models.Model) -> Self:
        kind = ContentType.objects.get_for_model(subject)
        return self.filter(content_type=kind, object_id=subject.pk)

    def open(self) -> Self:
        return self.filter(answer=ReviewRequest.Answer.NONE)

    def sent_back(self) -> Self:
        """Those with a note that nobody has done anything about yet."""
        return self.filter(answer=ReviewRequest.Answer.SENT_BACK)


class ReviewRequest(QueuedMail):
    """Somebody asked a clinician to sign ``subject``; it is the mail to that clinician as well."""

    class Answer(models.TextChoices):
        NONE = "", "Not answered yet"
        SIGNED = "signed", "Signed"
        SENT_BACK = "sent_back", "Sent back"
        DONE = "done", "Asked again since"

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    subject = GenericForeignKey()
    clinician = models.ForeignKey(
        "clinic.Clinician", on_delete=models.CASCADE, related_name="review_requests"
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="review_requests",
    )
    asked_by_name = models.CharField(max_length=160)
    wish = models.CharField(
        "what to look at", max_length=500, blank=True, help_text="For the clinician."
    )
    answer = models.CharField(
        max_length=10, choices=Answer, blank=True, default=Answer.NONE
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(
        "what is to change", max_length=500, blank=True, help_text="For who asked."
    )

    objects = ReviewRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_review_is_asked_for_once_at_a_time",
                fields=["content_type", "object_id"],
                condition=Q(answer=""),
            ),
            models.CheckConstraint(
                name="a_review_that_is_sent_back_says_why",
                condition=~Q(answer="sent_back") | ~Q(note=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.content_type.name} {self.object_id}: {self.get_answer_display()}"

    @property
    def is_overtaken(self) -> bool:
        return self.answer != self.Answer.NONE

    @property
    def to(self) -> str:
        """Where the clinician reads mail; "" where nobody knows."""
        account = self.clinician.account
        return self.clinician.reminder_email or (account.email if account else "")
