from typing import Any

from django.db import models
from django.db.models import Q

from kneecare.publishing.models.signature import Act, Signable, Signature


class Authored(models.Model):
    """Who answers for a page, and when a clinician is to look at it again."""

    author = models.ForeignKey(
        "clinic.Clinician", on_delete=models.PROTECT, related_name="+"
    )
    review_by = models.DateField("next review due", null=True, blank=True)

    class Meta:
        abstract = True


class Reviewed(Authored):
    """What a patient may rely on: the clinical review that was signed for just these words, where there is one.

    The names are those of the signature, so that a page costs no query for them. The database takes no review without
    a signature of that clinician over ``digest``: see ``triggers``.
    """

    digest = models.CharField(
        max_length=64, editable=False, help_text="SHA-256 of what a review is of."
    )
    signature = models.ForeignKey(
        Signature,
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    reviewer = models.ForeignKey(
        "clinic.Clinician",
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    reviewed_on = models.DateField("last clinical review", null=True, editable=False)

    page: Any
    title: Any
    summary: Any
    data: Any

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_review_is_a_signature",
                condition=Q(signature=None, reviewer=None, reviewed_on=None)
                | Q(
                    signature__isnull=False,
                    reviewer__isnull=False,
                    reviewed_on__isnull=False,
                ),
            ),
        ]

    @property
    def is_reviewed(self) -> bool:
        return self.reviewed_on is not None

    def to_sign(self) -> Signable:
        """What a clinical review is of: all that patients read."""
        names = ["title", "summary", "data"]
        content = {name: getattr(self, name) for name in names}
        return Signable(Act.REVIEW, self.page, content | self.shown_besides())

    def shown_besides(self) -> dict[str, Any]:
        """What patients read on its page beside ``data``: it is signed with it."""
        return {}

    def forget_review(self) -> None:
        """Say that a review is pending, where less is shown than was signed: of what was taken down since."""
        self.signature = self.reviewer = self.reviewed_on = None

    def take_signature(self) -> None:
        """Carry the last signature that holds for these very words; none while that is pending."""
        signable = self.to_sign()
        self.digest = signable.digest
        self.signature = signature = Signature.objects.holding(signable).first()
        self.reviewer = signature and signature.clinician
        self.reviewed_on = signature and signature.signed_on
