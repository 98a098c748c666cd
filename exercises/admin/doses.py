"""The dose of an exercise in its form, and that of an exercise in a routine or a handout, which is part of a row."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper

from exercises.models import Dose
from kneecare.publishing.formsets import ChildFormSet

NUMBERS: list[Any] = [
    "sets",
    ("reps_from", "reps_to"),
    "hold_seconds",
    "as_able",
    "rest_seconds",
    "sides",
    "days_per_week",
    "load",
    "note",
]
ORIGIN: list[Any] = ["source", ("set_by", "set_on")]
DOSE_HERE: Any = (
    "Another dose here",
    {
        "classes": ["collapse"],
        "description": "Leave all of it empty for the exercise's own dose.",
        "fields": [
            ("sets", "reps_from", "reps_to"),
            ("hold_seconds", "rest_seconds"),
            ("sides", "days_per_week"),
            "as_able",
            ("load", "note"),
            *ORIGIN,
        ],
    },
)
PLACE = {"position"}


class DoseInline(admin.StackedInline):
    model = Dose
    formset = ChildFormSet
    autocomplete_fields = ["set_by"]
    fieldsets = [
        (
            None,
            {
                "description": "State only what the source or the clinician states. "
                "Patients read an empty field as not stated.",
                "fields": NUMBERS,
            },
        ),
        ("Where this dose comes from", {"fields": ORIGIN}),
    ]


class DoseRow(forms.ModelForm):
    """An exercise in its place, with its dose there."""

    def has_changed(self):
        """A place alone, which a script may have numbered, does not make an empty row one to save."""
        is_new = self.instance.pk is None
        return bool(set(self.changed_data) - PLACE if is_new else self.changed_data)


def without_shortcuts(field):
    """A choice alone, without the signs that would add, change or delete what is chosen."""
    if isinstance(getattr(field, "widget", None), RelatedFieldWidgetWrapper):
        field.widget = field.widget.widget
    return field
