from typing import Any

from django import forms

from exercises.models import Exercise, Tag


class FilterForm(forms.Form):
    """Which exercises to list. Choices are what published exercises carry, each with its number."""

    body_part = forms.ModelChoiceField(
        queryset=Tag.objects.none(),
        required=False,
        to_field_name="slug",
        empty_label="Any part of the body",
    )
    equipment = forms.ModelChoiceField(
        queryset=Tag.objects.none(),
        required=False,
        to_field_name="slug",
        empty_label="Any equipment",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        found_by = Tag.objects.with_counts(Exercise.objects.published())
        for kind in [Tag.Kind.BODY_PART, Tag.Kind.EQUIPMENT]:
            field: Any = self.fields[kind]
            field.queryset = found_by.filter(kind=kind)
            field.label_from_instance = lambda tag: f"{tag.name} ({tag.shown})"

    def exercises(self):
        """The published exercises that match; none while a choice is not valid."""
        if not self.is_valid():
            return Exercise.objects.none()
        chosen = [tag for tag in self.cleaned_data.values() if tag]
        return Exercise.objects.published().tagged(*chosen).order_by("live__title")
