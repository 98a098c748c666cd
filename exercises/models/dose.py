"""The numbers of a dose, as a source or a clinician states them."""

from collections import defaultdict

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.db.models.lookups import LessThanOrEqual

from exercises.dose import Dosage, provenance
from kneecare.clinic.models import Clinician

NOT_STATED = (
    "Leave empty when it is not stated: patients then read that, never a guess."
)

MOST_HOLDS = 500
WHOLE = models.IntegerField()
HOLDS = Coalesce("sets", 1, output_field=WHOLE) * Coalesce(
    "reps_to", "reps_from", 1, output_field=WHOLE
)
# Promises of every set of numbers, also of one that states nothing.
NUMBERS_FIT: list[models.BaseConstraint] = [
    models.CheckConstraint(
        name="%(class)s_counts_start_at_one",
        condition=~Q(sets=0) & ~Q(reps_from=0) & ~Q(hold_seconds=0),
        violation_error_message="Sets, repetitions and hold start at 1. Leave the field empty for not stated.",
    ),
    models.CheckConstraint(
        name="%(class)s_range_runs_upward",
        condition=Q(reps_to=None)
        | Q(reps_from__isnull=False, reps_to__gt=F("reps_from")),
        violation_error_message="A range of repetitions runs upward, such as 10 to 15.",
    ),
    models.CheckConstraint(
        name="%(class)s_counts_or_says_as_able",
        condition=Q(as_able="") | Q(reps_from=None, hold_seconds=None),
        violation_error_message="Give numbers or words in place of a number, not both.",
    ),
    models.CheckConstraint(
        name="%(class)s_days_fit_in_a_week",
        condition=Q(days_per_week=None) | Q(days_per_week__range=(1, 7)),
        violation_error_message="Days a week run from 1 to 7.",
    ),
    # Each hold is a step of the player's, and stands on its page.
    models.CheckConstraint(
        name="%(class)s_has_no_more_holds_than_can_be_counted",
        condition=Q(hold_seconds=None) | Q(LessThanOrEqual(HOLDS, MOST_HOLDS)),
        violation_error_message=f"Sets times repetitions are {MOST_HOLDS} holds at the most.",
    ),
    models.CheckConstraint(
        name="%(class)s_side_is_known",
        condition=Q(sides__in=["", "both", "each"]),
    ),
]
NOTHING = Q(sets=None, reps_from=None, hold_seconds=None, rest_seconds=None) & Q(
    days_per_week=None, set_by=None, set_on=None
)
NOTHING &= Q(as_able="", sides="", load="", note="", source="")


# The field beside which a broken constraint is told, by the end of the constraint's name.
FIELD_TO_CHANGE = {
    "range_runs_upward": "reps_to",
    "has_no_more_holds_than_can_be_counted": "sets",
    "states_reps_hold_or_as_able": "reps_from",
    "states_reps_hold_or_as_able_or_nothing": "reps_from",
    "counts_or_says_as_able": "as_able",
    "as_able_comes_from_a_clinician": "set_by",
    "days_fit_in_a_week": "days_per_week",
    "says_where_it_comes_from": "source",
}
COUNTS = ["sets", "reps_from", "hold_seconds"]


def states_something(*, otherwise, unless=Q()):  # noqa: B008 - a Q is never changed
    """Promises of a dose that states how much to do and whose word that is; none where ``unless`` holds.

    ``otherwise`` tells an editor what to do where nothing is stated.
    """
    return [
        models.CheckConstraint(
            name="%(class)s_states_reps_hold_or_as_able",
            condition=Q(reps_from__isnull=False)
            | Q(hold_seconds__isnull=False)
            | ~Q(as_able="")
            | unless,
            violation_error_message=f"Give repetitions, a hold, or words in place of a number{otherwise}",
        ),
        models.CheckConstraint(
            name="%(class)s_as_able_comes_from_a_clinician",
            condition=Q(as_able="") | Q(set_by__isnull=False),
            violation_error_message="Words in place of a number are a clinician's: say whose, and the day.",
        ),
        models.CheckConstraint(
            name="%(class)s_says_where_it_comes_from",
            condition=(Q(set_by=None, set_on=None) & ~Q(source=""))
            | Q(set_by__isnull=False, set_on__isnull=False)
            | unless,
            violation_error_message="Say where the dose comes from: its source, or the clinician and the day.",
        ),
    ]


class StatedDose(Dosage, models.Model):
    """How much to do, of an exercise by itself, in a routine or in a handout; see ``Dosage``.

    An empty field means that the source does not state it.
    """

    class Sides(models.TextChoices):
        BOTH = "both", "Both legs together"
        EACH = "each", "Each leg in turn"

    sets = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MaxValueValidator(99)], help_text=NOT_STATED
    )
    reps_from = models.PositiveSmallIntegerField(
        "repetitions, from", null=True, blank=True, validators=[MaxValueValidator(999)]
    )
    reps_to = models.PositiveSmallIntegerField(
        "repetitions, to",
        null=True,
        blank=True,
        validators=[MaxValueValidator(999)],
        help_text="Empty for one number instead of a range.",
    )
    hold_seconds = models.PositiveSmallIntegerField(
        "hold (seconds)", null=True, blank=True, validators=[MaxValueValidator(3600)]
    )
    as_able = models.CharField(
        "in place of a number",
        max_length=80,
        blank=True,
        help_text="A clinician's words for patients where there is no number, such as: as many as you can do well.",
    )
    rest_seconds = models.PositiveSmallIntegerField(
        "rest between sets (seconds)",
        null=True,
        blank=True,
        validators=[MaxValueValidator(3600)],
        help_text="0 for no rest. Empty when it is not stated.",
    )
    sides = models.CharField(
        max_length=4, choices=Sides, blank=True, help_text=NOT_STATED
    )
    days_per_week = models.PositiveSmallIntegerField(
        "days a week", null=True, blank=True
    )
    load = models.CharField(
        max_length=80, blank=True, help_text="Such as a weight or a band."
    )
    note = models.CharField(max_length=200, blank=True)
    source = models.CharField(
        max_length=200,
        blank=True,
        help_text="The text that states this dose, with its author.",
    )
    set_by = models.ForeignKey(
        Clinician,
        verbose_name="set by clinician",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    set_on = models.DateField("set on", null=True, blank=True)

    class Meta:
        abstract = True
        constraints = NUMBERS_FIT

    def __str__(self):
        return self.sentence()

    def validate_constraints(self, exclude=None):
        """As Django does it, with each error beside the field to change."""
        errors = defaultdict(list)
        for constraint in self._meta.constraints:
            try:
                constraint.validate(type(self), self, exclude=exclude)
            except ValidationError as error:
                errors[self._field_to_change(constraint.name)].append(error)
        if errors:
            raise ValidationError(dict(errors))

    def _field_to_change(self, constraint):
        if constraint.endswith("counts_start_at_one"):
            return next(name for name in COUNTS if getattr(self, name) == 0)
        found = (
            FIELD_TO_CHANGE[end] for end in FIELD_TO_CHANGE if constraint.endswith(end)
        )
        return next(found, NON_FIELD_ERRORS)

    @property
    def provenance(self):
        """Where the dose comes from, in a few words."""
        return provenance(self.set_by, self.set_on, self.source)


class Dose(StatedDose):
    """An exercise's own. It states something: an exercise without one has a dose that is not stated."""

    exercise = models.OneToOneField(
        "Exercise", on_delete=models.CASCADE, related_name="stated_dose"
    )

    class Meta(StatedDose.Meta):
        constraints = [
            *StatedDose.Meta.constraints,
            *states_something(
                otherwise=". When none is stated, remove the dose: patients then read that it is not stated."
            ),
        ]
