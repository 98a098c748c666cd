"""The dose of an exercise in its form, and that of an exercise in a routine or a handout, which is part of a row."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import flatten
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper

from exercises.admin.signing import DOSE, KnowsSigner, SetByMe, tick
from exercises.models import Dose
from kneecare.publishing.admin.formsets import ChildFormSet


class Folded(list[Any]):
    """Lines of fields that stand folded, but not where one has an error: Django finds only those alone in their line."""

    def __contains__(self, name: object) -> bool:
        return name in flatten(self)


USUAL: list[Any] = [
    ("sets", "reps", "hold", "rest"),
    ("sides", "per_day", "days", "spacing"),
    ("load", "as_able"),
]
SELDOM = Folded(
    [
        "activity",
        "parts",
        "tempo",
        ("pause", "weeks"),
        ("effort", "pain"),
        ("changes", "superset"),
        "note",
    ]
)
ORIGIN: list[Any] = ["source", DOSE, "set_by"]
HOW_TO_TYPE = (
    "Type 3 or 10-15, at least 5, up to 10, about 60. "
    "For what to work up to: 6-8, then 12. Leave empty what is not stated."
)
SELDOM_NEEDED = "Seldom needed: walks and rides, pace, limits, changes over time"
DOSE_HERE: list[Any] = [
    (
        "Another dose here",
        {
            "classes": ["collapse"],
            "description": f"Leave all of it empty for the exercise's own dose. {HOW_TO_TYPE}",
            "fields": Folded([*USUAL, *ORIGIN]),
        },
    ),
    (SELDOM_NEEDED, {"classes": ["collapse"], "fields": SELDOM}),
]
PLACE = {"position"}


class OwnDose(SetByMe):
    is_set_by_me = tick("I set this dose myself")


class DoseInline(KnowsSigner, admin.StackedInline):
    model = Dose
    form = OwnDose
    formset = ChildFormSet
    readonly_fields = ["set_by"]
    fieldsets = [
        (
            None,
            {
                "description": f"State only what the source or the clinician states. {HOW_TO_TYPE}",
                "fields": USUAL,
            },
        ),
        (SELDOM_NEEDED, {"classes": ["collapse"], "fields": SELDOM}),
        ("Where this dose comes from", {"fields": ORIGIN}),
    ]


class DoseRow(forms.ModelForm):
    """An exercise in its place, with its dose there."""

    def has_changed(self):
        """A place alone, which a script may have numbered, does not make an empty row one to save."""
        is_new = self.instance.pk is None
        return bool(set(self.changed_data) - PLACE if is_new else self.changed_data)


def to_ask(dose):
    """All that is still to be asked of the clinician, in words."""
    return ", ".join(dose.not_stated()) or "Nothing: all is stated."


def without_shortcuts(field):
    """A choice alone, without the signs that would add, change or delete what is chosen."""
    if isinstance(getattr(field, "widget", None), RelatedFieldWidgetWrapper):
        field.widget = field.widget.widget
    return field
