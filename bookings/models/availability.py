"""When calls can be held: weekly hours, extra hours, closures and time off."""

from typing import ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from kneecare.clinic.models import Clinician

ENDS_AFTER_START = "The end must be after the start."
OVERLAP = (
    "There are hours already that overlap these: {}. Change those, or type other times."
)


class HoursQuerySet(models.QuerySet):
    def of_shown_clinicians(self):
        """Whoever has left, or is not shown on the site, offers nothing."""
        return self.filter(clinician__is_shown=True)


class Hours(models.Model):
    """A stretch of a clinician's day in which calls can be held."""

    clinician = models.ForeignKey(Clinician, on_delete=models.CASCADE)
    starts = models.TimeField("from", help_text="In the clinic's time zone.")
    ends = models.TimeField("to", help_text="No call runs past this.")
    note = models.CharField(
        max_length=120, blank=True, help_text="For staff. Visitors do not see it."
    )

    objects = HoursQuerySet.as_manager()

    DAY: ClassVar[str]

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_end_after_they_start",
                condition=Q(ends__gt=F("starts")),
                violation_error_message=ENDS_AFTER_START,
            ),
        ]

    def clean(self):
        same = {"clinician": self.clinician_id, self.DAY: getattr(self, self.DAY)}
        within = {"starts__lt": self.ends, "ends__gt": self.starts}
        if None in [*same.values(), *within.values()]:
            return  # told beside the field
        others = type(self).objects.filter(**same, **within).exclude(pk=self.pk)
        if other := others.first():
            raise ValidationError(OVERLAP.format(other), code="overlap")


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

    DAY = "weekday"

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

    DAY = "day"

    class Meta(Hours.Meta):
        verbose_name = "extra hours"
        verbose_name_plural = "extra hours"
        ordering = ["day", "starts"]

    def __str__(self):
        return f"{self.day} {self.starts:%H:%M} to {self.ends:%H:%M}"


class ClosureQuerySet(models.QuerySet["Closure"]):
    def of_the_clinic(self) -> Self:
        """Days on which nobody offers anything."""
        return self.filter(clinician=None, starts=None)


class Closure(models.Model):
    """Days on which no call is offered, both ends included, in the clinic's time zone: the clinic's own, or somebody's time off."""

    clinician = models.ForeignKey(
        Clinician,
        verbose_name="whose",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text="Empty for the whole clinic.",
    )
    first_day = models.DateField()
    last_day = models.DateField(help_text="The same as the first for one day.")
    starts = models.TimeField(
        "from", null=True, blank=True, help_text="Empty for the whole day."
    )
    ends = models.TimeField(
        "to", null=True, blank=True, help_text="On each of the days."
    )
    reason = models.CharField(
        max_length=80, blank=True, help_text="For staff. Visitors do not see it."
    )

    objects = ClosureQuerySet.as_manager()

    class Meta:
        verbose_name = "closure or time off"
        verbose_name_plural = "closures and time off"
        ordering = ["first_day"]
        constraints = [
            models.CheckConstraint(
                name="closure_ends_after_it_starts",
                condition=Q(last_day__gte=F("first_day")),
                violation_error_message="The last day must not be before the first.",
            ),
            models.CheckConstraint(
                name="a_part_of_a_day_has_both_its_ends",
                condition=Q(starts=None, ends=None)
                | Q(starts__isnull=False, ends__isnull=False),
                violation_error_message="Give both times, or none for the whole day.",
            ),
            models.CheckConstraint(
                name="a_part_of_a_day_ends_after_it_starts",
                condition=Q(ends=None) | Q(ends__gt=F("starts")),
                violation_error_message=ENDS_AFTER_START,
            ),
        ]

    def __str__(self):
        return f"{self.first_day} to {self.last_day}"

    def covers(self, day):
        return self.first_day <= day <= self.last_day
