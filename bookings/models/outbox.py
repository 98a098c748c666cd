import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from bookings.models.booking import Booking

KEEP_TRYING = timedelta(hours=48)


def make_message_id():
    return f"<{uuid.uuid4().hex}@{settings.SITE.hostname}>"


def make_deadline():
    return timezone.now() + KEEP_TRYING


class OutboxMailQuerySet(models.QuerySet):
    def due(self):
        """Mail that may be sent now: its time has come, or the worker that had it is gone."""
        now = timezone.now()
        return self.filter(
            Q(state=OutboxMail.State.WAITING, next_attempt_at__lte=now)
            | Q(state=OutboxMail.State.SENDING, leased_until__lte=now)
        )


class OutboxMail(models.Model):
    """A mail that is owed. It is written with the change that it tells of, and made only when it is sent."""

    class Kind(models.TextChoices):
        RECEIVED = "received", "Request received"
        CONFIRMED = "confirmed", "Confirmed"
        DECLINED = "declined", "Declined"
        MOVED = "moved", "Moved"
        CANCELLED = "cancelled", "Cancelled"
        REMINDER = "reminder", "Reminder"
        NEW_REQUEST = "new_request", "New request (to staff)"
        CHANGED = "changed", "Moved or cancelled by the visitor (to staff)"

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        SENDING = "sending", "Being sent"
        SENT = "sent", "Sent"
        PARKED = "parked", "Parked: could not be sent"
        ABORTED = "aborted", "Not needed any more"

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="mails")
    kind = models.CharField(max_length=20, choices=Kind)
    version = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    next_attempt_at = models.DateTimeField("next attempt", default=timezone.now)
    leased_until = models.DateTimeField(null=True, blank=True)
    give_up_at = models.DateTimeField("tried until", default=make_deadline)
    last_error = models.CharField(
        "what went wrong",
        max_length=80,
        blank=True,
        help_text="The kind of error and its number; never an address.",
    )
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
            models.CheckConstraint(
                name="mail_has_a_lease_while_it_is_being_sent",
                condition=~Q(state="sending") | Q(leased_until__isnull=False),
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
