from typing import Any

from django.contrib import admin

from exercises.models import Dose

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
