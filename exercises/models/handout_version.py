from django.conf import settings
from django.db import models
from django.utils import timezone

from exercises.snapshots import RoutineSnapshot
from kneecare.publishing.models import Reviewed


class HandoutVersion(Reviewed):
    """What the patient reads, or once read: numbered, and never changed. Its author is the clinician of that day."""

    handout = models.ForeignKey(
        "Handout", on_delete=models.CASCADE, related_name="versions"
    )
    number = models.PositiveIntegerField()
    data = models.JSONField()
    made_on = models.DateField()
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["-number"]
        constraints = [
            *Reviewed.Meta.constraints,
            models.UniqueConstraint(
                fields=["handout", "number"],
                name="handout_versions_are_numbered_once",
            ),
        ]

    def __str__(self):
        return f"Version {self.number} of handout {self.handout_id}"

    def snapshot(self):
        """What the patient reads, as a ``RoutineSnapshot``."""
        return RoutineSnapshot.from_data(self.data)
