import secrets

from django.conf import settings
from django.db import models
from django.utils import timezone

from kneecare.clinic.models import Clinician


def make_number():
    return secrets.token_urlsafe(18)


class CalendarSubscription(models.Model):
    """A secret address at which one member of staff reads the calls with a calendar program.

    The address is a signature over ``number``, made when it is shown and never stored; a new number ends it.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="calendar_subscription",
    )
    clinician = models.ForeignKey(
        Clinician,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text="Empty for the calls with everybody.",
    )
    number = models.CharField(max_length=32, unique=True, default=make_number)
    made_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "calendar address"
        verbose_name_plural = "calendar addresses"

    def __str__(self):
        return f"Calendar address {self.pk}"

    def renew(self):
        self.number = make_number()
        self.made_at, self.read_at = timezone.now(), None
        self.save(update_fields=["number", "made_at", "read_at"])
