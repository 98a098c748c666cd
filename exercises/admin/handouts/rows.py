"""The exercises of a handout in its form, each a row with its dose."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import flatten
from django.core.exceptions import ValidationError

from exercises.admin.doses import (
    SELDOM,
    SELDOM_NEEDED,
    USUAL,
    DoseRow,
    to_ask,
    without_shortcuts,
)
from exercises.admin.handouts.start import Start
from exercises.models import HandoutItem
from exercises.models.plan import MOST_ADVISED

UNREADABLE = (
    "Patients cannot read this exercise any more. Choose another, or take it out."
)
MOST = 20


class HandoutRow(DoseRow):
    class Meta:
        model = HandoutItem
        fields: Any = []  # the admin says which
        labels = {
            "position": "Place",
            "reps": "Reps",
            "rest": "Rest",
            "load": "With",
            "note": "Words below the dose",
        }
        help_texts = dict.fromkeys(["position", "hold", "rest", "load", "as_able"], "")
        error_messages = {"exercise": {"invalid_choice": UNREADABLE}}

    @property
    def has_seldom(self):
        """Whether something stands, or is wrong, in what is folded away."""
        names = flatten(SELDOM)
        return any(self[name].value() or self[name].errors for name in names)


class HandoutRows(forms.BaseInlineFormSet):
    """What is posted is the whole list, whoever saved what before: rows have no identity of their own."""

    def initial_form_count(self):
        return 0 if self.is_bound else super().initial_form_count()

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if self.is_bound:
            del form.fields["id"]
        if index is not None and "position" not in form.initial:
            form.initial["position"] = index + 1

    def clean(self):
        super().clean()
        if not any(self._is_kept(form) for form in self.forms):
            raise ValidationError("Choose at least one exercise.")

    def _is_kept(self, form):
        return form.has_changed() and not form.cleaned_data.get("DELETE")


class HandoutItemInline(admin.StackedInline):
    model = HandoutItem
    form = HandoutRow
    formset = HandoutRows
    template = "admin/exercises/handout/rows.html"
    extra = 1
    max_num = MOST
    verbose_name_plural = "exercises"
    fieldsets = [
        (None, {"fields": ["position", "exercise", *flatten(USUAL), "to_ask"]}),
        (SELDOM_NEEDED, {"fields": SELDOM}),
    ]
    readonly_fields = ["to_ask"]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        return without_shortcuts(field)

    def get_extra(self, request, obj=None, **kwargs):
        start = Start.of(request, obj)
        return len(start.rows) if start else (1 if obj else MOST_ADVISED)

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("exercise")

    @admin.display(description="To ask:", empty_value="")
    def to_ask(self, item):
        return to_ask(item) if item.pk else ""
