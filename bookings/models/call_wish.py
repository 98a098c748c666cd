from django.db import models
from django.db.models import Q

from bookings.models.booking import Booking

WISH_NUMBERS = (1, 2, 3)


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
                condition=Q(number__in=WISH_NUMBERS),
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
