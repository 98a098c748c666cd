"""Who signed what, and when: one kind of row for all that a clinician answers for.

A signature holds for what has the very hash that was signed, and for nothing else. Whoever shows one compares first: so
it lapses with each change, whichever way that came, and there is no mark that somebody would have to take off.
"""

import hashlib
import json
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Exists, OuterRef
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils import timezone

from kneecare.publishing.models.written_once import WrittenOnce, WrittenOnceQuerySet


class Act(models.TextChoices):
    REVIEW = "review", "Clinical review"
    DOSE = "dose", "Dose set"
    PAIN = "pain", "Pain cut-offs set"
    HELP = "help", "List of when to get help signed off"


# Numbers that a clinician set take the place of those before: whoever brings the old ones back has nobody's word for them.
REPLACED = {Act.DOSE, Act.PAIN}


@dataclass(frozen=True)
class Signable:
    """What is signed: ``content``, of ``subject``, of which it may be a part; the same content elsewhere is another thing.

    ``part`` names which part, where a subject has several that are signed apart.
    """

    act: str
    subject: Any
    content: Any
    part: str = ""

    @property
    def digest(self) -> str:
        """SHA-256 of the one form that the content has as JSON: sorted, without blanks, in ASCII."""
        label, pk = self.subject._meta.label_lower, self.subject.pk
        text = json.dumps(
            [str(self.act), label, pk, self.content],
            cls=DjangoJSONEncoder,
            sort_keys=True,
            separators=(",", ":"),
        )
        return hashlib.sha256(text.encode()).hexdigest()


class SignatureQuerySet(WrittenOnceQuerySet):
    def of(self, subject: models.Model) -> Self:
        kind = ContentType.objects.get_for_model(subject)
        return self.filter(content_type=kind, object_id=subject.pk)

    def holding(self, signable: Signable) -> Self:
        """Those that hold for it as it is now, the last one first."""
        found = self.of(signable.subject).filter(act=signable.act, part=signable.part)
        same = found.select_related("clinician").filter(digest=signable.digest)
        if signable.act in REPLACED:
            later = found.exclude(digest=signable.digest).filter(pk__gt=OuterRef("pk"))
            same = same.filter(~Exists(later))
        return same.filter(withdrawal=None)


class Signature(WrittenOnce):
    """A clinician's word, given with their own account, for ``subject`` as it was then: ``digest`` is the hash of that.

    It is written once, and nobody clears it. Its clinician may take it back: that is a row of its own.
    """

    act = models.CharField(max_length=10, choices=Act)
    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT)
    object_id = models.PositiveBigIntegerField()
    subject = GenericForeignKey()
    part = models.CharField(max_length=40, blank=True)
    digest = models.CharField(max_length=64, help_text="SHA-256 of what was signed.")
    clinician = models.ForeignKey(
        "clinic.Clinician", on_delete=models.PROTECT, related_name="signatures"
    )
    clinician_name = models.CharField(max_length=160, help_text="As it was then.")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="signatures"
    )
    signed_at = models.DateTimeField(default=timezone.now)
    signed_on = models.DateField(help_text="That day, on the clinic's clock.")

    objects: ClassVar[Any] = SignatureQuerySet.as_manager()

    class Meta:
        ordering = ["-signed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="a_signature_has_a_whole_hash",
                condition=Exact(Length("digest"), 64),
            ),
        ]
        indexes = [
            models.Index(
                name="signature_by_what_was_signed",
                fields=["content_type", "object_id", "digest"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_act_display()} by {self.clinician_name}, {self.signed_on}"

    @property
    def is_withdrawn(self) -> bool:
        return hasattr(self, "withdrawal")


class SignatureWithdrawal(WrittenOnce):
    """A clinician takes a signature back: from then on it holds for nothing."""

    signature = models.OneToOneField(
        Signature, on_delete=models.PROTECT, related_name="withdrawal"
    )
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.signature}: taken back"
