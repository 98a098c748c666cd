from django.db import models

from bookings.models.booking import Booking
from bookings.models.clinic_time import ClinicTimeMixin, ClinicTimeQuerySet
from kneecare.core.jobs.mail_queue import QueuedMail, QueuedMailQuerySet


class OutboxMailQuerySet(ClinicTimeQuerySet, QueuedMailQuerySet):  # type: ignore[override]
    """Mail whose times are shown on the clinic's clock."""


class OutboxMail(QueuedMail, ClinicTimeMixin):
    """A mail that tells of a change of a booking, to the visitor or to staff."""

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

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="mails")
    kind = models.CharField(max_length=20, choices=Kind)
    version = models.PositiveIntegerField()
    text = models.TextField(
        "what staff wrote",
        max_length=2000,
        blank=True,
        help_text="A line of their own in a mail of ours, or the whole reply.",
    )

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
        """Whether what it would say is no longer so: the request has moved on, the call has begun, or the words of a reply were deleted."""
        if self.kind == self.Kind.REPLY:
            return not self.text
        is_late = self.kind == self.Kind.REMINDER and self.booking.has_started
        return is_late or self.version != self.booking.version
