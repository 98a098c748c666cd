from typing import Any

from django.contrib import admin

from exercises.models import Dose, ItemDose

FIELDSETS: Any = [
    (
        None,
        {
            "description": "State only what the source or the clinician states. "
            "Patients read an empty field as not stated.",
            "fields": [
                "sets",
                ("reps_from", "reps_to"),
                "hold_seconds",
                "as_able",
                "rest_seconds",
                "sides",
                "days_per_week",
                "load",
                "note",
            ],
        },
    ),
    ("Where this dose comes from", {"fields": ["source", ("set_by", "set_on")]}),
]


class DoseInline(admin.StackedInline):
    model = Dose
    autocomplete_fields = ["set_by"]
    fieldsets = FIELDSETS


@admin.register(ItemDose)
class ItemDoseAdmin(admin.ModelAdmin):
    """The dose of one exercise in one routine, reached from the routine; patients read it once the routine is published."""

    autocomplete_fields = ["set_by"]
    fieldsets = [(None, {"fields": ["item"]}), *FIELDSETS]
    raw_id_fields = ["item"]
    search_fields = ["item__exercise__title", "item__routine__title"]
    list_display = ["item", "routine", "__str__"]
    list_select_related = ["item__exercise", "item__routine"]

    @admin.display(ordering="item__routine__title")
    def routine(self, dose):
        return dose.item.routine
