"""When calls can be held: weekly hours, closures and the times made from them."""

from typing import Self
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Count, F, Q
from django.db.models.functions import TruncDate
from django.utils import timezone

from bookings.models.call_settings import CallSettings
from bookings.models.clinic_time import ClinicTimeMixin, ClinicTimeQuerySet
from bookings.states import ACTIVE_STATES
from kneecare.clinic.models import Clinician

ENDS_AFTER_START = "The end must be after the start."
# The states of times on the grid: nobody else may be given a time that overlaps one.
OF_THE_HOURS = ("open", "blocked")


class Hours(models.Model):
    """A stretch of a clinician's day in which calls can be held."""

    clinician = models.ForeignKey(Clinician, on_delete=models.CASCADE)
    starts = models.TimeField("from", help_text="In the clinic's time zone.")
    ends = models.TimeField("to", help_text="No call runs past this.")
    note = models.CharField(
        max_length=120, blank=True, help_text="For staff. Visitors do not see it."
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_end_after_they_start",
                condition=Q(ends__gt=F("starts")),
                violation_error_message=ENDS_AFTER_START,
            ),
        ]


class WeeklyHours(Hours):
    class Weekday(models.IntegerChoices):
        MONDAY = 0, "Monday"
        TUESDAY = 1, "Tuesday"
        WEDNESDAY = 2, "Wednesday"
        THURSDAY = 3, "Thursday"
        FRIDAY = 4, "Friday"
        SATURDAY = 5, "Saturday"
        SUNDAY = 6, "Sunday"

    weekday = models.PositiveSmallIntegerField(choices=Weekday)

    class Meta(Hours.Meta):
        verbose_name = "weekly hours"
        verbose_name_plural = "weekly hours"
        ordering = ["clinician", "weekday", "starts"]
        constraints = [
            *Hours.Meta.constraints,
            models.CheckConstraint(
                name="weekly_hours_are_on_a_day_of_the_week",
                condition=Q(weekday__range=(0, 6)),
            ),
        ]

    def __str__(self):
        return f"{self.get_weekday_display()} {self.starts:%H:%M} to {self.ends:%H:%M}"


class ExtraHours(Hours):
    """Hours on one day, beside those of each week. A closure on that day wins."""

    day = models.DateField(
        help_text="On this day only. If the day is closed, it stays closed."
    )

    class Meta(Hours.Meta):
        verbose_name = "extra hours"
        verbose_name_plural = "extra hours"
        ordering = ["day", "starts"]

    def __str__(self):
        return f"{self.day} {self.starts:%H:%M} to {self.ends:%H:%M}"


class Closure(models.Model):
    """Days on which no call is offered, both ends included, in the clinic's time zone."""

    first_day = models.DateField()
    last_day = models.DateField(help_text="The same as the first for one day.")
    reason = models.CharField(
        max_length=80, blank=True, help_text="For staff. Visitors do not see it."
    )

    class Meta:
        ordering = ["first_day"]
        constraints = [
            models.CheckConstraint(
                name="closure_ends_after_it_starts",
                condition=Q(last_day__gte=F("first_day")),
                violation_error_message="The last day must not be before the first.",
            ),
        ]

    def __str__(self):
        return f"{self.first_day} to {self.last_day}"

    def covers(self, day):
        return self.first_day <= day <= self.last_day


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
        return self.upcoming().filter(state=Slot.State.OPEN).free()


def _full_days(limit, zone, leaving):
    held = Slot.objects.filter(bookings__state__in=ACTIVE_STATES).exclude(pk=leaving)
    held = held.order_by()
    days = held.annotate(day=TruncDate("starts_at", tzinfo=zone)).values("day")
    return days.annotate(calls=Count("pk")).filter(calls__gte=limit).values("day")


class Slot(ClinicTimeMixin):
    """A stretch of a clinician's time that one visitor can take.

    Made only by ``bookings.availability.slots.make_slots``, and for a time that staff choose freely by
    ``bookings.services.assigned``. Both see to it that those in use do not overlap: SQLite has no constraint for that.
    """

    class State(models.TextChoices):
        OPEN = "open", "Open"
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

    objects = SlotQuerySet.as_manager()

    class Meta:
        verbose_name = "call time"
        ordering = ["starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_clinician_has_one_slot_at_a_time",
                fields=["clinician", "starts_at"],
                # Another may stand in the place of one that only its requests keep.
                condition=Q(state__in=["open", "blocked"]),
            ),
            models.CheckConstraint(
                name="slot_ends_after_it_starts",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message=ENDS_AFTER_START,
            ),
            models.CheckConstraint(
                name="slot_state_is_known",
                condition=Q(state__in=["open", "blocked", "withdrawn", "assigned"]),
            ),
        ]
        indexes = [models.Index(name="slot_by_start", fields=["starts_at"])]

    def __str__(self):
        return f"{self.starts_at:%Y-%m-%d %H:%M} UTC"
