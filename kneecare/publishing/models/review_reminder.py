from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone


class ReviewReminderQuerySet(models.QuerySet):
    def owed(self):
        """Reminders that may be sent now: not sent yet, and no other worker is at it."""
        now = timezone.now()
        free = Q(leased_until=None) | Q(leased_until__lte=now)
        return self.filter(free, sent_at=None, next_attempt_at__lte=now)


class ReviewReminder(models.Model):
    """A mail that tells a clinician that the review of a page is due: one for each due date."""

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    page = GenericForeignKey()
    due_on = models.DateField("review due")
    clinician = models.ForeignKey(
        "clinic.Clinician", on_delete=models.CASCADE, related_name="+"
    )
    attempts = models.PositiveIntegerField(default=0)
    next_attempt_at = models.DateTimeField("next attempt", default=timezone.now)
    leased_until = models.DateTimeField(null=True, blank=True, editable=False)
    sent_at = models.DateTimeField("sent", null=True, blank=True)
    last_error = models.CharField(
        "what went wrong",
        max_length=80,
        blank=True,
        help_text="The kind of error; never an address.",
    )

    objects = ReviewReminderQuerySet.as_manager()

    class Meta:
        ordering = ["-due_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_due_review_is_told_once",
                fields=["content_type", "object_id", "due_on"],
            ),
        ]

    def __str__(self):
        return f"{self.content_type.name} {self.object_id}, due {self.due_on}"
