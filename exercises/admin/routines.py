from django import forms
from django.contrib import admin, messages
from django.db.models import Max

from exercises.admin.advice import MANY
from exercises.admin.dose_rows import FIELDSET, DoseRow
from exercises.admin.publishing import PUBLISHING, FrozenPageAdmin
from exercises.models import Routine, RoutineItem
from exercises.versions import PARTS
from kneecare.publishing.admin.publishing import REVIEW

TOO_MANY = "This routine has {count} exercises. Patients keep up routines of up to {many} better."
PLACE = {"position"}


class PlacedRow(forms.ModelForm):
    """A row that a script numbers with the others: a number alone does not make an empty row one to save."""

    def has_changed(self):
        is_new = self.instance.pk is None
        return bool(set(self.changed_data) - PLACE if is_new else self.changed_data)


class PlacedDoseRow(PlacedRow, DoseRow):
    pass


class PlacedRows(forms.BaseInlineFormSet):
    """Without a script, a new row comes after all others."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if index is not None and form.instance.pk is None:
            last = self.get_queryset().aggregate(last=Max("position"))["last"] or 0
            form.initial["position"] = last + 1 + index - self.initial_form_count()


class RoutineItemInline(admin.StackedInline):
    model = RoutineItem
    formset = PlacedRows
    extra = 1
    template = "admin/exercises/ordered_rows.html"
    autocomplete_fields = ["exercise"]
    fieldsets = [
        (None, {"fields": [("position", "exercise"), "dose_here"]}),
    ]
    readonly_fields = ["dose_here"]

    class Media:
        css = {"all": ["css/admin/ordered-rows.css"]}
        js = [forms.Script("js/admin/ordered-rows.js", type="module")]

    def get_queryset(self, request):
        items = super().get_queryset(request)
        return items.select_related("exercise__stated_dose", "own_dose")

    def get_formset(self, request, obj=None, **kwargs):
        form = PlacedDoseRow if _may_dose(request) else PlacedRow
        return super().get_formset(request, obj, **{"form": form, **kwargs})

    def get_fieldsets(self, request, obj=None):
        return [*self.fieldsets, *([FIELDSET] if _may_dose(request) else [])]

    @admin.display(description="dose in this routine")
    def dose_here(self, item):
        if item.pk is None:
            return "As in the exercise, unless you give another one below."
        if hasattr(item, "own_dose"):
            return item.own_dose.sentence()
        return f"As in the exercise: {item.exercise.dose.sentence()}"


def _may_dose(request):
    return request.user.has_perms(
        [f"exercises.{verb}_itemdose" for verb in ["add", "change", "delete"]]
    )


@admin.register(Routine)
class RoutineAdmin(FrozenPageAdmin):
    list_display = ["title", "is_reviewed", "is_published", "version"]
    list_filter = ["published_at", "reviewed_on"]
    search_fields = ["title", "summary"]
    inlines = [RoutineItemInline]
    parts = PARTS[Routine]
    fieldsets = [
        (None, {"fields": ["title", "slug", "summary", "intro"]}),
        (
            "How often",
            {"fields": [("days_per_week", "weeks"), "rest_between"]},
        ),
        (
            "Pain guide",
            {
                "description": "On a scale of 0 to 10. Published limits differ: the ones that a new routine comes "
                "with are only a start. A clinician sets them. Empty both to leave the guide out.",
                "fields": [("green_to", "amber_to")],
            },
        ),
        REVIEW,
        PUBLISHING,
    ]

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        count = form.instance.items.count()
        if count > MANY:
            text = TOO_MANY.format(count=count, many=MANY)
            self.message_user(request, text, messages.WARNING)
