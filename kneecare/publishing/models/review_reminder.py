from datetime import timedelta
from typing import Self

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models

from kneecare.core.jobs.queue import QueuedWork, QueueQuerySet


class ReviewReminderQuerySet(QueueQuerySet):
    def pending(self) -> Self:
        return self.filter(sent_at=None)


class ReviewReminder(QueuedWork):
    """A mail that tells a clinician that the review of a page is due: one for each due date."""

    LEASE = timedelta(minutes=5)
    FIRST_WAIT = timedelta(minutes=5)

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    page = GenericForeignKey()
    due_on = models.DateField("review due")
    clinician = models.ForeignKey(
        "clinic.Clinician", on_delete=models.CASCADE, related_name="+"
    )
    sent_at = models.DateTimeField("sent", null=True, blank=True)

    objects = ReviewReminderQuerySet.as_manager()

    class Meta:
        ordering = ["-due_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_due_review_is_told_once",
                fields=["content_type", "object_id", "due_on"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.content_type.name} {self.object_id}, due {self.due_on}"
