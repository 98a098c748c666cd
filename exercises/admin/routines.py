from django import forms
from django.contrib import admin, messages
from django.db.models import Max

from exercises.admin.doses import DOSE_HERE, DoseRow, to_ask, without_shortcuts
from exercises.diff import compare
from exercises.models import Routine, RoutineItem
from exercises.models.plan import MOST_ADVISED
from exercises.rendering.page import render_preview
from kneecare.core.admin.model_admin import PrintedAdmin
from kneecare.publishing.admin.publishing import REVIEW, VersionedPageAdmin
from kneecare.publishing.formsets import ChildFormSet

TOO_MANY = "This routine has {count} exercises. Patients keep up routines of up to {many} better."


class PlacedRows(ChildFormSet):
    """Without a script, a new row comes after all others."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if index is not None and form.instance.pk is None:
            last = self.get_queryset().aggregate(last=Max("position"))["last"] or 0
            form.initial["position"] = last + 1 + index - self.initial_form_count()


class RoutineItemInline(admin.StackedInline):
    model = RoutineItem
    form = DoseRow
    formset = PlacedRows
    extra = 1
    template = "admin/exercises/ordered_rows.html"
    autocomplete_fields = ["exercise"]
    fieldsets = [
        (None, {"fields": [("position", "exercise"), "dose_here", "to_ask"]}),
        *DOSE_HERE,
    ]
    readonly_fields = ["dose_here", "to_ask"]

    class Media:
        css = {"all": ["css/admin/ordered-rows.css"]}
        js = [forms.Script("js/admin/ordered-rows.js", type="module")]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("exercise__stated_dose")

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        return without_shortcuts(field) if db_field.name == "set_by" else field

    @admin.display(description="dose in this routine")
    def dose_here(self, item):
        if item.pk is None:
            return "As in the exercise, unless you give another one below."
        if item.says_anything:
            return item.sentence()
        return f"As in the exercise: {item.exercise.dose.sentence()}"

    @admin.display(description="to ask the clinician")
    def to_ask(self, item):
        if item.pk is None:
            return "What the dose leaves open stands here once it is saved."
        return to_ask(item if item.says_anything else item.exercise.dose)


@admin.register(Routine)
class RoutineAdmin(PrintedAdmin, VersionedPageAdmin):
    list_display = ["title", "is_reviewed", "is_published", "version"]
    list_filter = ["published_at", "reviewed_on"]
    change_form_template = "admin/exercises/routine/change_form.html"
    search_fields = ["title", "summary"]
    inlines = [RoutineItemInline]
    autocomplete_fields = ["author", "reviewer"]
    readonly_fields = ["published_at", "plans"]
    fieldsets = [
        (None, {"fields": ["title", "slug", "summary", "intro"]}),
        (
            "How often",
            {"fields": [("days_per_week", "weeks"), "rest_between"]},
        ),
        (
            "Pain guide",
            {
                "description": "On a scale of 0 to 10. Published limits differ: Provide Community (UK) states 3 and 5, "
                "and the American Academy of Orthopaedic Surgeons says that an exercise should not hurt. Patients read "
                "whose limits these are. Empty both to leave the guide out.",
                "fields": [
                    ("green_to", "amber_to"),
                    "pain_source",
                    ("pain_set_by", "pain_set_on"),
                ],
            },
        ),
        REVIEW,
        ("Publishing", {"fields": ["published_at", "plans"]}),
    ]

    def compare(self, old, new):
        return compare(old.snapshot(), new.snapshot())

    def render_version(self, request, page, version, note):
        return render_preview(request, page, version, note=note)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        count = form.instance.items.count()
        if count > MOST_ADVISED:
            text = TOO_MANY.format(count=count, many=MOST_ADVISED)
            self.message_user(request, text, messages.WARNING)
