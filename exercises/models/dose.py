"""A dose, as a source or a clinician states it."""

from collections import defaultdict
from dataclasses import fields
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from exercises.dose import Dosage, DoseSnapshot, provenance
from exercises.dose.parts import PAUSE
from exercises.models.dose_constraints import (
    DOSE_FITS,
    field_to_change,
    source_is_no_signature,
    states_something,
)
from exercises.models.dose_fields import AmountField, PartsField, TempoField
from kneecare.clinic.models import Clinician
from kneecare.publishing.models import Act, Signable, Signature

# All of it but whose word it is, and what the exercise says anyway.
SIGNED_PARTS = [
    field.name
    for field in fields(DoseSnapshot)
    if field.name not in ("provenance", "limb")
]


# What makes an exercise another one: whoever set a dose of it has set none of that.
MOVE = ["title", "steps", "figure", "limb"]


class StatedDose(Dosage, models.Model):
    """How much to do, of an exercise by itself, in a routine or in a handout; see ``Dosage``.

    An empty field means that the source does not state it. Whatever has a dose has the ``exercise`` that it is of.
    """

    class Sides(models.TextChoices):
        BOTH = "both", "Both together"
        EACH = "each", "Each in turn"
        AFFECTED = "affected", "The affected one only"
        AFFECTED_FIRST = "affected_first", "The affected one, then the other"

    class Spacing(models.TextChoices):
        EVERY_OTHER_DAY = "every_other_day", "Every other day"
        DAYS_BETWEEN = "days_between", "With a day off between"
        SEVERAL = "several", "Several times a day"
        HOURLY = "hourly", "Every hour"
        AWAKE = "awake", "Every hour while awake"

    exercise: Any
    sets = AmountField()
    reps = AmountField("repetitions")
    hold = AmountField(help_text="Of each repetition, in seconds. Or: 2 min.")
    rest = AmountField(
        "rest between sets", help_text="In seconds. Or: 1-2 min. 0 for no rest."
    )
    sides = models.CharField("side", max_length=14, choices=Sides, blank=True)
    per_day = AmountField("times a day")
    days = AmountField("days a week")
    spacing = models.CharField("frequency", max_length=15, choices=Spacing, blank=True)
    load = models.CharField(
        "weight or band",
        max_length=120,
        blank=True,
        help_text="Such as: red band, or 5 lb, slowly up to 10 lb.",
    )
    activity = AmountField(
        "time or distance",
        help_text="Of a walk, a ride, a march: 5-10 min, 1 mile, 3000 steps a day, at least 150 min a week.",
    )
    parts = PartsField(
        "done in turn",
        help_text="In place of repetitions: walk 2 min, run 3 min. Or sets that differ: 12 reps, 10 reps, 8 reps.",
    )
    tempo = TempoField(
        help_text="Seconds of one repetition, in the order of the movement: 3 down, 3 pause, 1 up. Or: 6 each.",
    )
    pause = AmountField(
        "rest after each repetition", help_text="In seconds. 0 for no rest."
    )
    weeks = AmountField("for how long", help_text="In weeks: 6-8. Or: 3 months.")
    effort = AmountField(
        help_text="Of 10: 5, or at least 5. Or of the maximum: 70%. Or: 13 of 20."
    )
    pain = AmountField(
        "pain at most",
        help_text="The limit of this one exercise, on a scale of 0 to 10.",
    )
    as_able = models.CharField(
        "amount in words",
        max_length=80,
        blank=True,
        help_text="In place of a number or beside it, such as: as many as you can do well, to fatigue, as tolerated.",
    )
    changes = models.CharField(
        "over time, or for some",
        max_length=200,
        blank=True,
        help_text="What the numbers cannot say, such as: add 2 pounds when it is easy; over 60, hold for 1 minute.",
    )
    superset = models.CharField(
        "superset with",
        max_length=80,
        blank=True,
        help_text="Another exercise that alternates with this one.",
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
        constraints = DOSE_FITS

    def __str__(self):
        return self.sentence()

    def clean(self):
        if self.hold and any(part.words == PAUSE for part in self.tempo or ()):
            raise ValidationError(
                {"tempo": "The hold is the pause: leave one of them out."}
            )

    def validate_constraints(self, exclude=None):
        """As Django does it, with each error beside the field to change."""
        errors = defaultdict(list)
        for constraint in self._meta.constraints:
            try:
                constraint.validate(type(self), self, exclude=exclude)
            except ValidationError as error:
                errors[field_to_change(constraint.name)].append(error)
        if errors:
            raise ValidationError(dict(errors))

    @property
    def limb(self):
        return self.exercise.limb

    @property
    def provenance(self):
        """Where the dose comes from, in a few words."""
        return provenance(
            self.signature, self.source, is_claimed=self.set_by_id is not None
        )

    @property
    def signature(self):
        """That of the clinician who set just these numbers here; ``None`` where nobody has, or they are others now."""
        if self.set_by_id is None:
            return None
        found = Signature.objects.holding(self.to_sign())
        return found.filter(clinician=self.set_by_id).first()

    def to_sign(self):
        stated = {name: getattr(self, name) for name in SIGNED_PARTS}
        numbers = DoseSnapshot(**stated).as_data()
        content = {"exercise": self.exercise.pk, "move": self.move(), **numbers}
        part = f"exercise {self.exercise.pk}"
        return Signable(Act.DOSE, self.signed_for, content, part)

    def move(self):
        """What it is a dose of, as patients of this page read it: of another move it is another dose."""
        live = self.exercise.live_version
        shown = live.data if live else {}
        return [shown.get(name, getattr(self.exercise, name)) for name in MOVE]

    @property
    def signed_for(self):
        """What the dose is a part of."""
        raise NotImplementedError


class Dose(StatedDose):
    """An exercise's own. It states something: an exercise without one has a dose that is not stated."""

    exercise = models.OneToOneField(
        "Exercise", on_delete=models.CASCADE, related_name="stated_dose"
    )

    class Meta(StatedDose.Meta):
        constraints = [
            *StatedDose.Meta.constraints,
            source_is_no_signature("source"),
            *states_something(
                otherwise=". When none is stated, remove the dose: patients are then asked to ask."
            ),
        ]

    def move(self):
        return [getattr(self.exercise, name) for name in MOVE]

    @property
    def signed_for(self):
        return self.exercise
