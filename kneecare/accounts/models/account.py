from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q


class AccountQuerySet(models.QuerySet):
    def of(self, user):
        account, _ = self.get_or_create(user=user)
        return account

    def use_totp_counter(self, user, counter):
        """Whether ``user`` may use the code of this half minute: each code is good once, whichever process asks."""
        self.get_or_create(user=user)
        unused = Q(totp_counter=None) | Q(totp_counter__lt=counter)
        return bool(self.filter(unused, user=user).update(totp_counter=counter))


class Account(models.Model):
    """What the site knows of how a member of staff signs in, beside Django's user."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="account",
    )
    password_given_at = models.DateTimeField(
        "password was given",
        null=True,
        blank=True,
        help_text="When somebody else knew the password. Empty once its owner has chosen their own.",
    )
    second_step_asked_at = models.DateTimeField(
        "first asked for a second step", null=True, blank=True
    )
    tell_each_sign_in = models.BooleanField("mail me at each sign-in", default=False)
    totp_counter = models.BigIntegerField(null=True, blank=True, editable=False)

    objects = AccountQuerySet.as_manager()

    def __str__(self):
        return str(self.user)

    def second_step_due_at(self, grace_days):
        """When the site stops working without a second step; None where it was never asked for."""
        asked = self.second_step_asked_at
        return asked and asked + timedelta(days=grace_days)
