from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from bookings.models.booking import Booking
from bookings.models.clinic_time import ClinicTimeMixin, ClinicTimeQuerySet


class BookingNote(ClinicTimeMixin):
    """What staff note about a request. Written once, never changed; deleted with the visitor's own words."""

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="notes")
    text = models.TextField(max_length=2000)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="by",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # As it was then: an account may be renamed, or deleted.
    by_name = models.CharField("by", max_length=160, blank=True, editable=False)
    at = models.DateTimeField(default=timezone.now)

    objects = ClinicTimeQuerySet.as_manager()

    class Meta:
        verbose_name = "note"
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(name="a_note_says_something", condition=~Q(text="")),
        ]

    def __str__(self):
        return f"Note {self.pk}"
