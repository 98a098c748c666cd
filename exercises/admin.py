from typing import Any

from django.contrib import admin

from exercises.models import Dose, Exercise, Routine, RoutineItem, Tag
from exercises.templatetags.figures import figure
from kneecare.core.admin import EditorAdmin
from kneecare.search.indexed_admin import IndexedAdmin, IndexedPageAdmin

REVIEW: Any = (
    "Review",
    {
        "description": "While no review is given, the page says that the clinical review is pending.",
        "fields": ["author", "reviewer", "reviewed_on", "review_by"],
    },
)
PUBLISHING: Any = ("Publishing", {"fields": ["published_at"]})


@admin.register(Tag)
class TagAdmin(IndexedAdmin):
    list_display = ["name", "kind"]
    list_filter = ["kind"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}


class DoseInline(admin.StackedInline):
    model = Dose
    can_delete = False
    min_num = 1
    validate_min = True
    autocomplete_fields = ["set_by"]
    fieldsets = [
        (
            None,
            {
                "description": "State only what the source or the clinician states. "
                "Patients read an empty field as not stated.",
                "fields": [
                    "sets",
                    ("reps_from", "reps_to"),
                    ("hold_seconds", "rest_seconds"),
                    "sides",
                    "days_per_week",
                    "load",
                    "note",
                ],
            },
        ),
        ("Where this dose comes from", {"fields": ["source", ("set_by", "set_on")]}),
    ]


@admin.register(Exercise)
class ExerciseAdmin(IndexedPageAdmin, EditorAdmin):
    list_display = ["title", "dose_sentence", "is_reviewed", "is_published"]
    list_filter = ["tags", "published_at", "reviewed_on"]
    list_select_related = ["stated_dose"]
    search_fields = ["title", "summary", "steps"]
    autocomplete_fields = ["harder", "author", "reviewer"]
    filter_horizontal = ["tags"]
    readonly_fields = ["drawing"]
    inlines = [DoseInline]
    fieldsets = [
        (
            None,
            {"fields": ["title", "slug", "summary", "steps", "why", "tags", "harder"]},
        ),
        ("Drawing", {"fields": ["figure", "drawing"]}),
        REVIEW,
        PUBLISHING,
    ]

    class Media:
        css = {
            "all": [
                "css/tokens.css",
                "css/components/figure.css",
                "css/components/figure-motion.css",
            ]
        }

    @admin.display(description="dose")
    def dose_sentence(self, exercise):
        return exercise.dose.sentence()

    @admin.display(description="as patients see it")
    def drawing(self, exercise):
        return figure(exercise) or "There is no drawing yet."

    @admin.display(boolean=True, description="reviewed", ordering="reviewed_on")
    def is_reviewed(self, exercise):
        return exercise.is_reviewed


class RoutineItemInline(admin.TabularInline):
    model = RoutineItem
    extra = 1
    autocomplete_fields = ["exercise"]


@admin.register(Routine)
class RoutineAdmin(IndexedPageAdmin, EditorAdmin):
    list_display = ["title", "is_reviewed", "is_published"]
    list_filter = ["published_at", "reviewed_on"]
    search_fields = ["title", "summary"]
    autocomplete_fields = ["author", "reviewer"]
    inlines = [RoutineItemInline]
    fieldsets = [
        (None, {"fields": ["title", "slug", "summary", "intro"]}),
        REVIEW,
        PUBLISHING,
    ]

    @admin.display(boolean=True, description="reviewed", ordering="reviewed_on")
    def is_reviewed(self, routine):
        return routine.is_reviewed
