from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone


def kept_until() -> datetime:
    """The end of the time that a new entry is kept: six years unless the site says otherwise (45 CFR 164.316(b)(2)(i))."""
    return timezone.now() + timedelta(days=366 * settings.AUDIT_YEARS)


class AuditEvent(models.Model):
    """Something that a member of staff did with access or with what patients gave. It holds no word of a patient's.

    It names account and request by what outlives them: no key to another row, so that it stays when they go, and
    nothing of theirs has to be changed in it. The database refuses to change it, and to delete it before its day:
    see the migration.
    """

    class Kind(models.TextChoices):
        SIGNED_IN = "signed_in", "Signed in"
        SIGN_IN_FAILED = "sign_in_failed", "Sign-in failed"
        SIGNED_OUT = "signed_out", "Signed out"
        SIGN_IN_CHANGED = "sign_in_changed", "A way to sign in changed"
        RIGHTS_CHANGED = "rights_changed", "Rights changed"
        OPENED = "opened", "Opened what a patient wrote"
        EXPORTED = "exported", "Exported"
        ERASED = "erased", "Erased"
        DELETED = "deleted", "Deleted in the admin"

    kind = models.CharField(max_length=20, choices=Kind)
    at = models.DateTimeField("when", default=timezone.now, editable=False)
    account_id = models.BigIntegerField(null=True, editable=False)
    account_name = models.CharField("who", max_length=160, blank=True)
    subject = models.CharField("what", max_length=200, blank=True)
    details = models.CharField(max_length=500, blank=True)
    client_ip = models.CharField("from", max_length=45, blank=True)
    keep_until = models.DateTimeField(default=kept_until, editable=False)

    class Meta:
        verbose_name = "entry of the record"
        verbose_name_plural = "record of access"
        ordering = ["-at", "-pk"]
        default_permissions = ["view"]
        permissions = [("export_auditevent", "Can export the record of access")]
        indexes = [
            models.Index(fields=["-at", "-id"], name="audit_newest"),
            models.Index(fields=["account_id", "-at"], name="audit_of_account"),
            models.Index(fields=["keep_until"], name="audit_to_delete"),
        ]
        constraints = [
            models.CheckConstraint(
                name="audit_kind_is_known",
                condition=Q(
                    kind__in=[
                        "signed_in",
                        "sign_in_failed",
                        "signed_out",
                        "sign_in_changed",
                        "rights_changed",
                        "opened",
                        "exported",
                        "erased",
                        "deleted",
                    ]
                ),
            ),
            models.CheckConstraint(
                name="audit_is_kept_for_a_while", condition=Q(keep_until__gt=F("at"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.account_name or 'nobody known'}"
