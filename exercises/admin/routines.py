from django import forms
from django.contrib import admin, messages
from django.db.models import Max

from exercises.admin.doses import DOSE_HERE, DoseRow, to_ask
from exercises.admin.signing import (
    PAIN,
    KnowsSigner,
    SetByMe,
    SignsDosesMixin,
    tick,
)
from exercises.diff import compare
from exercises.models import Routine, RoutineItem
from exercises.models.plan import MOST_ADVISED
from exercises.rendering.page import render_preview
from kneecare.core.admin.model_admin import PrintedAdmin
from kneecare.publishing.admin.edit_conflicts import DraftForm
from kneecare.publishing.admin.formsets import ChildFormSet
from kneecare.publishing.admin.publishing import (
    PUBLISHING,
    REVIEW,
    TOLD,
    VersionedPageAdmin,
)

TOO_MANY = "This routine has {count} exercises. Patients keep up routines of up to {many} better."


class PlacedRows(ChildFormSet):
    """Without a script, a new row comes after all others."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if index is not None and form.instance.pk is None:
            last = self.get_queryset().aggregate(last=Max("position"))["last"] or 0
            form.initial["position"] = last + 1 + index - self.initial_form_count()


class PlacedDose(SetByMe, DoseRow):
    is_set_by_me = tick("I set this dose myself")


class RoutineItemInline(KnowsSigner, admin.StackedInline):
    model = RoutineItem
    form = PlacedDose
    formset = PlacedRows
    extra = 1
    template = "admin/exercises/ordered_rows.html"
    autocomplete_fields = ["exercise"]
    fieldsets = [
        (None, {"fields": [("position", "exercise"), "dose_here", "to_ask"]}),
        *DOSE_HERE,
    ]
    readonly_fields = ["dose_here", "to_ask", "set_by"]

    class Media:
        css = {"all": ["css/admin/ordered-rows.css"]}
        js = [forms.Script("js/admin/ordered-rows.js", type="module")]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("exercise__stated_dose")

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


class RoutineForm(SetByMe, DraftForm):
    is_pain_set_by_me = tick("I set these limits myself")
    tick_name, prefix_of_fields, source = PAIN, "pain_", "pain_source"
    parts = ["green_to", "amber_to"]


@admin.register(Routine)
class RoutineAdmin(KnowsSigner, SignsDosesMixin, PrintedAdmin, VersionedPageAdmin):
    list_display = ["title", "is_reviewed", "is_published", "version"]
    list_filter = ["published_at", "live_version__reviewed_on"]
    change_form_template = "admin/exercises/routine/change_form.html"
    search_fields = ["title", "summary"]
    inlines = [RoutineItemInline]
    autocomplete_fields = ["author"]
    readonly_fields = ["pain_set_by", *TOLD]
    form = RoutineForm
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
                    PAIN,
                    "pain_set_by",
                ],
            },
        ),
        REVIEW,
        PUBLISHING,
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
