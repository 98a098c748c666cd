"""What happened to each request."""

from itertools import combinations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from bookings.models.booking import Booking
from bookings.models.clinic_time import ClinicTimeMixin, ClinicTimeQuerySet
from bookings.models.slot import Slot
from bookings.states import State

CORRECTABLE = {"name": "name", "email": "e-mail", "phone": "phone"}
CORRECTIONS = [
    (" ".join(some), ", ".join(CORRECTABLE[name] for name in some))
    for n in range(len(CORRECTABLE) + 1)
    for some in combinations(CORRECTABLE, n)
]


class BookingEvent(ClinicTimeMixin):
    """Who did what when. Written with the change itself, never changed."""

    class Action(models.TextChoices):
        CHANGE = "", "Changed"
        BOOKED = "booked", "Booked by staff"
        UNDONE = "undone", "Undone"
        CORRECTED = "corrected", "Contact details corrected"
        REPLIED = "replied", "Replied"

    booking = models.ForeignKey(
        Booking, on_delete=models.CASCADE, related_name="events"
    )
    action = models.CharField(max_length=10, choices=Action, blank=True)
    corrected = models.CharField(
        max_length=16,
        choices=CORRECTIONS,
        blank=True,
        help_text="Which contact details; what they were is kept nowhere.",
    )
    from_state = models.CharField("from", max_length=24, choices=State, blank=True)
    to_state = models.CharField("to", max_length=24, choices=State)
    version = models.PositiveIntegerField()
    slot_before = models.ForeignKey(
        Slot, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    time_before = models.DateTimeField("moved from", null=True, blank=True)
    time_after = models.DateTimeField("moved to", null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="by",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # As it was then: an account may be renamed, or deleted.
    by_name = models.CharField(max_length=160, blank=True, editable=False)
    at = models.DateTimeField(default=timezone.now)

    objects = ClinicTimeQuerySet.as_manager()

    class Meta:
        verbose_name = "event"
        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(
                name="a_booking_has_one_event_per_version",
                fields=["booking", "version"],
            ),
            models.CheckConstraint(
                name="event_action_is_known",
                condition=Q(
                    action__in=["", "booked", "undone", "corrected", "replied"]
                ),
            ),
            models.CheckConstraint(
                name="event_corrected_is_known",
                condition=Q(corrected__in=[names for names, _ in CORRECTIONS]),
            ),
        ]

    def __str__(self):
        if self.action:
            which = self.get_corrected_display()
            return f"{self.get_action_display()}{which and f': {which}'}"
        if self.is_move:
            return "Moved"
        return "Time given up" if self.time_before else self.get_to_state_display()

    @property
    def is_by_staff(self):
        return bool(self.by_name)

    @property
    def is_move(self):
        """Whether the call got another time, or a call-back its first one."""
        return self.time_after is not None
