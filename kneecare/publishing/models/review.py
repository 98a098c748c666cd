from django.db import models
from django.db.models import Q


class Reviewed(models.Model):
    """What a patient may rely on: who wrote it, which clinician reviewed it and when, and when again."""

    author = models.ForeignKey(
        "clinic.Clinician", on_delete=models.PROTECT, related_name="+"
    )
    reviewer = models.ForeignKey(
        "clinic.Clinician",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Empty while the clinical review is pending; the page then says so.",
    )
    reviewed_on = models.DateField("last clinical review", null=True, blank=True)
    review_by = models.DateField("next review due", null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_review_names_person_and_day",
                condition=Q(reviewer=None, reviewed_on=None)
                | Q(reviewer__isnull=False, reviewed_on__isnull=False),
                violation_error_message="Give both the reviewer and the day of the review, or neither.",
            ),
        ]

    @property
    def is_reviewed(self) -> bool:
        return self.reviewed_on is not None
