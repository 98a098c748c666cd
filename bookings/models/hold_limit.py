from django.db import models
from django.db.models import Q

from bookings.models.booking import Booking

HOLD_NUMBERS = (1, 2, 3)


class HoldLimit(models.Model):
    """One of the three call times that one visitor can hold at once.

    A visitor is a keyed hash of an e-mail, of a phone number, or of the form in their browser. The numbers let the database itself
    refuse the fourth, however many requests come at once.
    """

    key = models.CharField(max_length=64)
    number = models.PositiveSmallIntegerField()
    booking = models.ForeignKey(
        Booking, on_delete=models.CASCADE, related_name="hold_limits"
    )
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_visitor_holds_each_number_once", fields=["key", "number"]
            ),
            models.CheckConstraint(
                name="a_visitor_holds_three_at_most",
                condition=Q(number__in=HOLD_NUMBERS),
            ),
        ]
        indexes = [models.Index(name="hold_limit_by_end", fields=["expires_at"])]

    def __str__(self):
        return f"Hold {self.number}"
