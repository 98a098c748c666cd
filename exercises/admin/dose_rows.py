"""A row of a form that can give an exercise another dose in one place. A row without one leaves the exercise its own."""

from typing import Any, cast

from django import forms
from django.contrib.admin.widgets import AdminDateWidget
from django.core.exceptions import ValidationError
from django.forms.models import construct_instance, fields_for_model, model_to_dict

from exercises.models import ItemDose

NUMBERS = [
    ("sets", "reps_from", "reps_to"),
    ("hold_seconds", "rest_seconds"),
    ("sides", "days_per_week"),
    "as_able",
    ("load", "note"),
]
ORIGIN = ["source", ("set_by", "set_on")]
FIELDSET: Any = (
    "Another dose here",
    {
        "classes": ["collapse"],
        "description": "Leave all of it empty for the exercise's own dose.",
        "fields": [*NUMBERS, *ORIGIN],
    },
)
NAMES = [
    name
    for line in [*NUMBERS, *ORIGIN]
    for name in ([line] if isinstance(line, str) else line)
]
# The field beside which a broken constraint is told, by the end of the constraint's name.
BESIDE = {
    "range_runs_upward": "reps_to",
    "has_no_more_holds_than_can_be_counted": "sets",
    "states_reps_hold_or_as_able": "reps_from",
    "counts_or_says_as_able": "as_able",
    "as_able_comes_from_a_clinician": "set_by",
    "days_fit_in_a_week": "days_per_week",
    "says_where_it_comes_from": "source",
}
COUNTS = ["sets", "reps_from", "hold_seconds"]

# Fields of a form made from those of a model, so that each keeps its words and its limits.
DoseFields: Any = type(
    "DoseFields",
    (forms.Form,),
    fields_for_model(ItemDose, NAMES, widgets={"set_on": AdminDateWidget}),
)


class DoseRow(DoseFields, forms.ModelForm):
    """A row whose model has at most one dose of its own: a ``dose_model`` that points at the row by ``dose_parent``."""

    dose_model: Any = ItemDose
    dose_parent = "item"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.dose = self._stored()
        if self.dose:
            self.initial = {**model_to_dict(self.dose, NAMES), **self.initial}

    def _stored(self):
        relation = self.dose_model._meta.get_field(self.dose_parent).remote_field
        return getattr(self.instance, relation.get_accessor_name(), None)

    def _post_clean(self):
        super()._post_clean()
        if self._states_a_dose():
            self.dose = construct_instance(
                self, self._stored() or self.dose_model(), NAMES
            )
            self._clean_dose()
        else:
            self.dose = None

    def _states_a_dose(self):
        given = [self.cleaned_data.get(name) for name in NAMES]
        return any(value not in (None, "") for value in given)

    def _clean_dose(self):
        try:
            self.dose.clean_fields(exclude=[self.dose_parent, *self.errors])
        except ValidationError as error:
            self.add_error(None, error)
        unsaid = [self.dose_parent, *self.errors]
        for constraint in self.dose_model._meta.constraints:
            try:
                constraint.validate(self.dose_model, self.dose, exclude=unsaid)
            except ValidationError as error:
                self.add_error(self._beside(constraint.name), error)

    def _beside(self, constraint):
        if constraint.endswith("counts_start_at_one"):
            return next(name for name in COUNTS if getattr(self.dose, name) == 0)
        return next(BESIDE[end] for end in BESIDE if constraint.endswith(end))

    def _save_m2m(self):
        """Called by ``save()`` once the row itself is stored."""
        super()._save_m2m()
        stored = self._stored()
        if self.dose:
            setattr(self.dose, self.dose_parent, self.instance)
            self.dose.save()
        elif stored:
            cast(Any, stored).delete()
