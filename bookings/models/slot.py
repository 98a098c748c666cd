"""The times that can be booked."""

from datetime import timedelta
from typing import Self
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Count, F, Q
from django.db.models.functions import TruncDate
from django.utils import timezone

from bookings.models.availability import ENDS_AFTER_START
from bookings.models.call_settings import CallSettings
from bookings.models.clinic_time import ClinicTimeMixin, ClinicTimeQuerySet
from bookings.states import ACTIVE_STATES
from kneecare.clinic.models import Clinician

# The states of times on the grid: nobody else may be given a time that overlaps one.
OF_THE_HOURS = ("open", "held", "blocked")


class SlotQuerySet(ClinicTimeQuerySet):
    def upcoming(self):
        return self.filter(starts_at__gt=timezone.now())

    def free(self) -> Self:
        """Times that no request holds."""
        return self.exclude(bookings__state__in=ACTIVE_STATES)

    def in_use(self):
        """Times that no other may overlap: offered, blocked, or held by a request though offered no more."""
        of_the_hours = Q(state__in=OF_THE_HOURS)
        held = Q(bookings__state__in=ACTIVE_STATES)
        return self.filter(of_the_hours | held).distinct()

    def overlapping(self, slot: "Slot") -> Self:
        """The clinician's other times that share a minute with ``slot``."""
        others = self.filter(clinician=slot.clinician_id).exclude(pk=slot.pk)
        return others.filter(starts_at__lt=slot.ends_at, ends_at__gt=slot.starts_at)

    def never_asked_for(self):
        return self.filter(bookings=None)

    def made_for(self, zone):
        """Times that are on the grid of ``zone``, or on none."""
        return self.filter(made_for__in=[str(zone), ""])

    def offered(
        self, rules: CallSettings, zone: ZoneInfo, *, leaving: int | None = None
    ) -> Self:
        """Open times within the notice and horizon of ``rules``, made for ``zone``, on days there that are not full.

        ``leaving``: the key of a slot that would be given up, and so fills no day. Whether a time is free is not
        asked here: see ``bookable``, and the constraint on ``Booking``.
        """
        now = timezone.now()
        offered = (
            self.upcoming()
            .made_for(zone)
            .filter(
                state=Slot.State.OPEN,
                clinician__is_shown=True,
                starts_at__gte=now + rules.notice,
                starts_at__lt=now + rules.horizon,
            )
        )
        if rules.calls_a_day is None:
            return offered
        day = TruncDate("starts_at", tzinfo=zone)
        full = _full_days(rules.calls_a_day, zone, leaving)
        return offered.annotate(day=day).exclude(day__in=full)

    def bookable(self, rules, zone, *, leaving=None):
        """What a visitor may choose: the only definition of it."""
        return self.offered(rules, zone, leaving=leaving).free()

    def assignable(self) -> Self:
        """What staff may give away: neither notice, horizon nor a full day binds them."""
        open_slots = self.upcoming().filter(state=Slot.State.OPEN)
        return open_slots.filter(clinician__is_shown=True).free()


def _full_days(limit, zone, leaving):
    of_calls = Q(bookings__state__in=ACTIVE_STATES) | Q(state=Slot.State.HELD)
    near = Slot.objects.filter(starts_at__gt=timezone.now() - timedelta(days=1))
    held = near.filter(of_calls).exclude(pk=leaving).order_by()
    days = held.annotate(day=TruncDate("starts_at", tzinfo=zone)).values("day")
    return (
        days.annotate(calls=Count("pk", distinct=True))
        .filter(calls__gte=limit)
        .values("day")
    )


class Slot(ClinicTimeMixin):
    """A stretch of a clinician's time that one visitor can take.

    Made only by ``bookings.availability.slots.make_slots``, and for a time that staff choose freely by
    ``bookings.services.assigned``. Both see to it that those in use do not overlap: SQLite has no constraint for that.
    """

    class State(models.TextChoices):
        OPEN = "open", "Open"
        HELD = "held", "Offered to the waiting list"  # to one who wished for it
        BLOCKED = "blocked", "Blocked"  # by staff, who open it again
        WITHDRAWN = "withdrawn", "Withdrawn"  # by the hours, which may ask for it again
        ASSIGNED = "assigned", "Set by staff"  # for one request, outside the grid

    clinician = models.ForeignKey(
        Clinician, on_delete=models.CASCADE, related_name="slots"
    )
    starts_at = models.DateTimeField("starts")
    ends_at = models.DateTimeField("ends")
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    made_for = models.CharField(
        "made for",
        max_length=64,
        blank=True,
        editable=False,
        help_text="The clinic's time zone when this was made; empty for any.",
    )

    free_since = models.DateTimeField(
        default=timezone.now,
        editable=False,
        help_text="When it was last free to be had, after what can still be undone.",
    )

    objects = SlotQuerySet.as_manager()

    class Meta:
        verbose_name = "call time"
        ordering = ["starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_clinician_has_one_slot_at_a_time",
                fields=["clinician", "starts_at"],
                # Another may stand in the place of one that only its requests keep.
                condition=Q(state__in=["open", "held", "blocked"]),
            ),
            models.CheckConstraint(
                name="slot_ends_after_it_starts",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message=ENDS_AFTER_START,
            ),
            models.CheckConstraint(
                name="slot_state_is_known",
                condition=Q(
                    state__in=["open", "held", "blocked", "withdrawn", "assigned"]
                ),
            ),
        ]
        indexes = [models.Index(name="slot_by_start", fields=["starts_at"])]

    def __str__(self):
        return f"{self.starts_at:%Y-%m-%d %H:%M} UTC"
