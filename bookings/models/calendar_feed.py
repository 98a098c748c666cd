import secrets

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import models
from django.urls import reverse
from django.utils import timezone

from kneecare.clinic.models import Clinician
from kneecare.core.structured_data import absolute

SIGNER = Signer(salt="bookings.calendar", sep=".")


def make_number():
    return secrets.token_urlsafe(18)


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    def read_with(self, key):
        """The feed that ``key`` opens; None for a key that is forged or renewed, or whose owner may not see requests."""
        try:
            number = SIGNER.unsign(key)  # in constant time, without a query
        except BadSignature:
            return None
        feed = self.select_related("user").filter(number=number).first()
        return feed if feed and feed.user.has_perm("bookings.view_booking") else None


class CalendarFeed(models.Model):
    """What lets one member of staff read the calls with a calendar program, at a secret URL.

    The URL is a signature over ``number``, made when it is shown and never stored; a new number ends it.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="calendar_feed",
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

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        verbose_name = "calendar address"
        verbose_name_plural = "calendar addresses"

    def __str__(self):
        return f"Calendar address {self.pk}"

    @property
    def url(self):
        return absolute(reverse("calendar", args=[SIGNER.sign(self.number)]))

    def renew(self):
        self.number = make_number()
        self.made_at, self.read_at = timezone.now(), None
        self.save(update_fields=["number", "made_at", "read_at"])
