"""What stands beside a request: the visitor's wishes, the staff's notes, and how many times one visitor holds."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from bookings.models.booking import Booking
from bookings.models.clinic_time import Zoned, ZonedQuerySet

NUMBERS = (1, 2, 3)


class CallWish(models.Model):
    """When a visitor would like to be called back, on the clinic's clock. There are three at most."""

    class Part(models.TextChoices):
        ANY = "any", "At any time"
        MORNING = "morning", "In the morning (before noon)"
        AFTERNOON = "afternoon", "In the afternoon (noon to 5 PM)"
        EVENING = "evening", "In the evening (after 5 PM)"

    booking = models.ForeignKey(
        Booking, on_delete=models.CASCADE, related_name="wishes"
    )
    number = models.PositiveSmallIntegerField()
    day = models.DateField(null=True, blank=True, help_text="Empty for any day.")
    part = models.CharField("time of day", max_length=10, choices=Part)

    class Meta:
        verbose_name = "wish"
        verbose_name_plural = "wishes"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                name="wishes_are_numbered", fields=["booking", "number"]
            ),
            models.CheckConstraint(
                name="there_are_three_wishes_at_most",
                condition=Q(number__in=NUMBERS),
            ),
            models.CheckConstraint(
                name="part_of_the_day_is_known",
                condition=Q(part__in=["any", "morning", "afternoon", "evening"]),
            ),
            models.CheckConstraint(
                name="a_wish_says_something",
                condition=Q(day__isnull=False) | ~Q(part="any"),
            ),
        ]

    def __str__(self):
        # In the admin's log for good: nothing of the visitor's.
        return f"Wish {self.number}"


class BookingNote(Zoned):
    """What staff note about a request. Written once, never changed; deleted with the visitor's own words."""

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="notes")
    text = models.TextField(max_length=2000)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="by",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    at = models.DateTimeField(default=timezone.now)

    objects = ZonedQuerySet.as_manager()

    class Meta:
        verbose_name = "note"
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(name="a_note_says_something", condition=~Q(text="")),
        ]

    def __str__(self):
        return f"Note {self.pk}"


class Seat(models.Model):
    """One of the three call times, or open call-backs, that one visitor can hold at once.

    A visitor is a keyed hash of an e-mail address, or for a day of a network address. The numbers let the
    database itself refuse the fourth, however many requests come at once.
    """

    key = models.CharField(max_length=64)
    number = models.PositiveSmallIntegerField()
    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="seats")
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_seat_is_taken_once", fields=["key", "number"]
            ),
            models.CheckConstraint(
                name="a_visitor_has_three_seats", condition=Q(number__in=NUMBERS)
            ),
        ]
        indexes = [models.Index(name="seat_by_end", fields=["expires_at"])]

    def __str__(self):
        return f"Seat {self.number}"
