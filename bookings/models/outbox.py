import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from bookings.models.booking import Booking
from bookings.models.clinic_time import ClinicTimeMixin, ClinicTimeQuerySet
from kneecare.core.jobs.queue import QueuedWork, QueueQuerySet

KEEP_TRYING = timedelta(hours=48)


def make_message_id():
    return f"<{uuid.uuid4().hex}@{settings.SITE.hostname}>"


def make_deadline():
    return timezone.now() + KEEP_TRYING


class OutboxMailQuerySet(ClinicTimeQuerySet, QueueQuerySet):  # type: ignore[override]
    def pending(self):
        return self.filter(state=OutboxMail.State.WAITING)


class OutboxMail(QueuedWork, ClinicTimeMixin):
    """A mail that is owed. It is written with the change that it tells of, and made only when it is sent."""

    LEASE = timedelta(seconds=60)
    FIRST_WAIT = timedelta(seconds=5)
    LONGEST_WAIT = timedelta(minutes=10)

    class Kind(models.TextChoices):
        RECEIVED = "received", "Request received"
        CONFIRMED = "confirmed", "Confirmed"
        DECLINED = "declined", "Declined"
        MOVED = "moved", "Moved"
        CANCELLED = "cancelled", "Cancelled"
        REMINDER = "reminder", "Reminder"
        REPLY = "reply", "Reply"
        NEW_REQUEST = "new_request", "New request (to staff)"
        CHANGED = "changed", "Moved or cancelled by the visitor (to staff)"

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        SENT = "sent", "Sent"
        FAILED = "failed", "Failed: could not be sent"
        ABORTED = "aborted", "Not needed any more"

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="mails")
    kind = models.CharField(max_length=20, choices=Kind)
    version = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    text = models.TextField(
        "what staff wrote",
        max_length=2000,
        blank=True,
        help_text="A line of their own in a mail of ours, or the whole reply.",
    )
    give_up_at = models.DateTimeField("tried until", default=make_deadline)
    message_id = models.CharField(
        max_length=200, unique=True, default=make_message_id, editable=False
    )
    created_at = models.DateTimeField("written", default=timezone.now)

    objects = OutboxMailQuerySet.as_manager()

    class Meta:
        verbose_name = "mail"
        verbose_name_plural = "mail"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_change_is_told_once_by_each_kind_of_mail",
                fields=["booking", "kind", "version"],
            ),
        ]
        indexes = [
            models.Index(name="mail_by_state", fields=["state", "next_attempt_at"])
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.booking}"

    @property
    def is_to_staff(self):
        return self.kind in (self.Kind.NEW_REQUEST, self.Kind.CHANGED)

    @property
    def is_overtaken(self):
        """Whether what it would say is no longer so: the request has moved on, or the call has begun."""
        is_late = self.kind == self.Kind.REMINDER and self.booking.has_started
        return is_late or self.version != self.booking.version
