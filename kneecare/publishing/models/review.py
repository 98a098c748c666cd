from django.db import models
from django.db.models import Q

from kneecare.core.models import PublishableQuerySet


class ReviewedQuerySet(PublishableQuerySet):
    in_force = ""  # the way to what patients read, where that is not the row itself

    def with_people(self):
        return self.select_related("author", "reviewer")

    def due_by(self, day):
        """Published pages whose next review is due on ``day`` or before it."""
        return (
            self.published()
            .with_people()
            .filter(**{f"{self.live_version}review_by__lte": day})
        )

    def never_reviewed(self):
        """Published pages that no clinician has reviewed."""
        return self.published().filter(**{f"{self.live_version}reviewed_on": None})


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
    def is_reviewed(self):
        return self.reviewed_on is not None

    @property
    def in_force(self):
        """What patients read of it."""
        return self
