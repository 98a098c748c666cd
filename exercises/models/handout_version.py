from django.db import models

from exercises.snapshots import RoutineSnapshot
from kneecare.clinic.models import Clinic
from kneecare.publishing.models import Version, to_page


class HandoutVersion(Version):
    """What the patient reads, or once read. Its author is the clinician of that day."""

    page = to_page("Handout", "versions")
    made_on = models.DateField()

    class Meta(Version.Meta):
        ordering = ["-number"]

    def __str__(self):
        return f"Version {self.number} of handout {self.page_id}"

    def again(self):
        same = super().again()
        same.made_on = Clinic.objects.current().today
        return same

    def snapshot(self):
        """What the patient reads, as a ``RoutineSnapshot``."""
        return RoutineSnapshot.from_data(self.data)
