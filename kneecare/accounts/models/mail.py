from django.conf import settings
from django.db import models

from kneecare.core.jobs.mail_queue import QueuedMail, QueuedMailQuerySet


class AccountMailQuerySet(QueuedMailQuerySet):
    def owe(self, user, kind, **fields):
        """Write down that ``user`` is owed a mail. It goes with the change that it tells of, or not at all."""
        return self.create(user=user, kind=kind, **fields)


class AccountMail(QueuedMail):
    """A mail to a member of staff about their account.

    A link in it is made when it is sent: no row holds the key to an account.
    """

    class Kind(models.TextChoices):
        INVITATION = "invitation", "Invitation"
        PASSWORD_RESET = "password_reset", "Link for a new password"
        PASSWORD_CHANGED = "password_changed", "The password was changed"
        EMAIL_CHANGED = "email_changed", "The e-mail was changed"
        SECOND_STEP = "second_step", "The second step was changed"
        NEW_DEVICE = "new_device", "Signed in from a new device"
        SIGNED_IN = "signed_in", "Signed in"

    # Nobody's, where the e-mail of a request for a link is nobody's: it costs as much, and is never sent.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        related_name="account_mails",
    )
    kind = models.CharField(max_length=20, choices=Kind)
    to = models.EmailField(
        blank=True, help_text="Empty for the e-mail of the account by then."
    )
    about = models.CharField(
        max_length=120,
        blank=True,
        help_text="Which device, or what was changed; of a link, what the account was.",
    )

    objects = AccountMailQuerySet.as_manager()

    class Meta:
        verbose_name = "mail about an account"
        verbose_name_plural = "mail about accounts"
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(
                name="account_mail_by_state", fields=["state", "next_attempt_at"]
            )
        ]

    def __str__(self):
        return self.get_kind_display()
