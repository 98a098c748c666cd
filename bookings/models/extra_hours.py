from django.db import models
from django.db.models import F, Q

from bookings.models.availability import ENDS_AFTER_START
from kneecare.clinic.models import Clinician


class ExtraHours(models.Model):
    """Hours on one day, beside those of each week. A closure on that day wins."""

    clinician = models.ForeignKey(
        Clinician, on_delete=models.CASCADE, related_name="extra_hours"
    )
    day = models.DateField(
        help_text="On this day only. If the day is closed, it stays closed."
    )
    starts = models.TimeField("from", help_text="In the clinic's time zone.")
    ends = models.TimeField("to", help_text="No call runs past this.")
    note = models.CharField(
        max_length=120, blank=True, help_text="For staff. Visitors do not see it."
    )

    class Meta:
        verbose_name = "extra hours"
        verbose_name_plural = "extra hours"
        ordering = ["day", "starts"]
        constraints = [
            models.CheckConstraint(
                name="extra_hours_end_after_they_start",
                condition=Q(ends__gt=F("starts")),
                violation_error_message=ENDS_AFTER_START,
            ),
        ]

    def __str__(self):
        return f"{self.day} {self.starts:%H:%M} to {self.ends:%H:%M}"
