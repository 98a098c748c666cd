"""Who may sign, and signing. When a signature holds stands in ``models/signature.py``."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from kneecare.core.clock import clinic_zone
from kneecare.publishing.exceptions import Refused
from kneecare.publishing.models import Signable, Signature, SignatureWithdrawal
from kneecare.publishing.signals import signed

RIGHT = "publishing.add_signature"
NOT_YOURS = "Only a clinician signs, with their own account. Nothing was signed."
NOT_THEIRS = "Only who has given a signature takes it back, with their own account."
TAKEN_BACK = "This signature has been taken back."
CHANGED = "It was changed after you had opened it. Nothing was signed: look at it as it is now, then sign."


def signer_of(user: Any) -> Any:
    """The clinician whom ``user`` may sign as; ``None`` for who may not sign."""
    clinician = getattr(user, "clinician", None)
    may = clinician is not None and clinician.can_sign and user.has_perm(RIGHT)
    return clinician if may else None


@transaction.atomic
def sign(signable: Signable, *, by: Any, seen: str | None = None) -> Signature:
    """Sign for the clinician of the account ``by``; once is enough for what has not changed since.

    Raises ``Refused`` for who is no clinician, and where it is no longer as ``seen``: a hash.
    """
    clinician = signer_of(by)
    if clinician is None:
        raise Refused(NOT_YOURS)
    if seen not in (None, signable.digest):
        raise Refused(CHANGED)
    same = Signature.objects.holding(signable).filter(clinician=clinician)
    held: Signature | None = same.first() if seen is None else None
    if held:
        return held
    signature: Signature = Signature.objects.create(
        act=signable.act,
        subject=signable.subject,
        part=signable.part,
        digest=signable.digest,
        clinician=clinician,
        clinician_name=str(clinician),
        account=by,
        signed_on=timezone.localdate(timezone=clinic_zone()),
    )
    signed.send(type(signable.subject), signature=signature, subject=signable.subject)
    return signature


def take_back(signature: Signature, *, by: Any) -> None:
    """It holds no longer; the row stays, and says so. Raises ``Refused`` for all but its own clinician."""
    if signer_of(by) != signature.clinician:
        raise Refused(NOT_THEIRS)
    try:
        with transaction.atomic():
            SignatureWithdrawal.objects.create(signature=signature, account=by)
    except IntegrityError as error:
        raise Refused(TAKEN_BACK) from error
