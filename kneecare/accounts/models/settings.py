from datetime import timedelta

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q


class SignInSettingsQuerySet(models.QuerySet["SignInSettings"]):
    def current(self) -> "SignInSettings":
        return self.get()


class SignInSettings(models.Model):
    """How staff sign in. There is one row, which the first migration makes."""

    idle_minutes = models.PositiveSmallIntegerField(
        "sign off after (minutes without use)",
        default=30,
        validators=[MinValueValidator(5), MaxValueValidator(60)],
        help_text="From 5 to 60. Whoever is signed off can sign in again over the form, and keeps what they typed.",
    )
    second_step_grace_days = models.PositiveSmallIntegerField(
        "days until the second step is required",
        default=7,
        validators=[MaxValueValidator(7)],
        help_text="From 0 to 7, counted from the first sign-in of each person who may read what patients write. "
        "0 asks for it at once.",
    )

    objects = SignInSettingsQuerySet.as_manager()

    class Meta:
        verbose_name = "sign-in settings"
        verbose_name_plural = "sign-in settings"
        constraints = [
            models.CheckConstraint(
                name="there_are_one_sign_in_settings", condition=Q(pk=1)
            ),
            models.CheckConstraint(
                name="staff_are_signed_off_after_5_to_60_minutes",
                condition=Q(idle_minutes__range=(5, 60)),
                violation_error_message="Staff are signed off after 5 to 60 minutes.",
            ),
            models.CheckConstraint(
                name="the_second_step_is_required_within_7_days",
                condition=Q(second_step_grace_days__lte=7),
                violation_error_message="The second step is required within 7 days.",
            ),
        ]

    def __str__(self):
        return "Sign-in settings"

    @property
    def idle(self):
        return timedelta(minutes=self.idle_minutes)
