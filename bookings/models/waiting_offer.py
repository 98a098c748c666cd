"""An earlier time, offered to one of those who wished for one."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from bookings.models.booking import Booking
from bookings.models.clinic_time import ClinicTimeMixin, ClinicTimeQuerySet
from bookings.models.slot import Slot


class WaitingOfferQuerySet(ClinicTimeQuerySet):
    def open(self) -> Self:
        return self.filter(state=WaitingOffer.State.OPEN)


class WaitingOffer(ClinicTimeMixin):
    """While it is open, its slot is held for the visitor of ``booking`` alone.

    Made and ended by ``bookings.waiting.offers`` only. Each end is one compare-and-swap on the state.
    """

    class State(models.TextChoices):
        OPEN = "open", "Open"
        TAKEN = "taken", "Taken"
        KEPT = "kept", "Not wanted"
        EXPIRED = "expired", "No answer in time"
        WITHDRAWN = "withdrawn", "Taken back"

    booking = models.ForeignKey(
        Booking, on_delete=models.CASCADE, related_name="offers"
    )
    # What was offered is remembered after an unused time has been deleted.
    slot = models.ForeignKey(
        Slot, null=True, on_delete=models.SET_NULL, related_name="offers"
    )
    starts_at = models.DateTimeField("time offered")
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    created_at = models.DateTimeField("offered", default=timezone.now)
    expires_at = models.DateTimeField("held until")

    objects = WaitingOfferQuerySet.as_manager()

    class Meta:
        verbose_name = "earlier time offered"
        verbose_name_plural = "earlier times offered"
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_time_is_offered_to_one_at_a_time",
                fields=["slot"],
                condition=Q(state="open"),
            ),
            models.UniqueConstraint(
                name="a_visitor_is_offered_one_time_at_a_time",
                fields=["booking"],
                condition=Q(state="open"),
            ),
            models.CheckConstraint(
                name="an_offer_stands_for_a_while",
                condition=Q(expires_at__gt=F("created_at")),
            ),
            models.CheckConstraint(
                name="offer_state_is_known",
                condition=Q(
                    state__in=["open", "taken", "kept", "expired", "withdrawn"]
                ),
            ),
        ]
        indexes = [models.Index(name="offer_by_slot", fields=["slot", "created_at"])]

    def __str__(self):
        # In the admin's log for good: nothing of the visitor's.
        return f"Offer {self.pk}"

    @property
    def is_open(self):
        return self.state == self.State.OPEN and self.expires_at > timezone.now()
