"""What can be booked, and how it takes place."""

from django.db import models
from django.db.models import Q

from kneecare.core.fields import WebURLField


class AppointmentKindQuerySet(models.QuerySet["AppointmentKind"]):
    def current(self) -> "AppointmentKind":
        """The kind that is offered, or the usual one before set-up."""
        return self.first() or AppointmentKind()


class AppointmentKind(models.Model):
    """One kind of appointment. There is one so far, the Discovery Call: its length and hours are in the call settings."""

    class Mode(models.TextChoices):
        CLINIC_CALLS = "clinic_calls", "We call the visitor"
        VISITOR_CALLS = "visitor_calls", "The visitor calls us"
        VIDEO = "video", "By video"
        IN_PERSON = "in_person", "In person"

    name = models.CharField(max_length=60, default="Discovery Call")
    price = models.CharField(
        max_length=40,
        blank=True,
        default="free",
        help_text="A word or two that go before the name, such as free. Empty to say nothing.",
    )
    mode = models.CharField(
        "how it happens",
        max_length=20,
        choices=Mode,
        default=Mode.CLINIC_CALLS,
        help_text="Visitors read this on the booking page, on their own page, in each mail and in the calendar file.",
    )
    video_url = WebURLField(
        "video link",
        blank=True,
        help_text="For a call by video. Visitors get it once their call is confirmed.",
    )
    place = models.TextField(
        "place",
        max_length=300,
        blank=True,
        help_text="For an appointment in person: one line per line of the address. Empty for the clinic's own address.",
    )
    map_url = WebURLField("link to a map", blank=True)
    directions = models.TextField(
        "parking and the way in", max_length=300, blank=True, help_text="A few words."
    )

    objects = AppointmentKindQuerySet.as_manager()

    class Meta:
        verbose_name = "kind of appointment"
        verbose_name_plural = "kinds of appointment"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="appointment_mode_is_known",
                condition=Q(
                    mode__in=["clinic_calls", "visitor_calls", "video", "in_person"]
                ),
            ),
            models.CheckConstraint(
                name="a_video_call_has_a_link",
                condition=~Q(mode="video") | ~Q(video_url=""),
                violation_error_message="Give the link that opens the video call.",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def needs_phone(self):
        """Whether it cannot take place without the visitor's phone number."""
        return self.mode == self.Mode.CLINIC_CALLS
