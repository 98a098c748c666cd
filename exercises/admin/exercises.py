from content_editor.admin import ContentEditor, ContentEditorInline
from django.contrib import admin
from django.db.models import Q
from django.utils.html import format_html

from exercises.admin.doses import DoseInline, to_ask
from exercises.admin.drawing import DrawingAdmin, DrawingForm
from exercises.admin.signing import SignsDosesMixin
from exercises.admin.tags import TagField
from exercises.diff import compare
from exercises.models import Exercise, ExercisePicture, ExerciseVideo
from exercises.rendering.page import render_preview
from exercises.templatetags.figures import in_page
from kneecare.core.admin.model_admin import PrintedAdmin
from kneecare.publishing.admin.edit_conflicts import DraftForm
from kneecare.publishing.admin.formsets import ChildFormSet
from kneecare.publishing.admin.publishing import (
    PUBLISHING,
    REVIEW,
    TOLD,
    VersionedPageAdmin,
)

LAST = [REVIEW, PUBLISHING]


class DoseFilter(admin.SimpleListFilter):
    """Which exercises a clinician still has to be asked about."""

    title = "dose"
    parameter_name = "dose"

    def lookups(self, request, model_admin):
        return [("open", "Not stated: ask the clinician"), ("stated", "Stated")]

    def queryset(self, request, queryset):
        unstated = Q(stated_dose=None)
        if self.value() == "open":
            return queryset.filter(unstated)
        return queryset.exclude(unstated) if self.value() == "stated" else queryset


class ExerciseForm(DrawingForm, DraftForm):
    pass


@admin.register(Exercise)
class ExerciseAdmin(
    DrawingAdmin, SignsDosesMixin, PrintedAdmin, VersionedPageAdmin, ContentEditor
):
    list_display = ["title", "dose_sentence", "is_reviewed", "is_published", "version"]
    list_filter = [DoseFilter, "tags", "published_at", "live_version__reviewed_on"]
    list_select_related = ["stated_dose"]
    search_fields = ["title", "summary", "steps"]
    autocomplete_fields = ["author", "progression"]
    form = ExerciseForm
    change_form_template = "admin/exercises/exercise/change_form.html"
    readonly_fields = ["drawing", "to_ask", *TOLD]
    inlines = [
        DoseInline,
        ContentEditorInline.create(
            ExercisePicture,
            formset=ChildFormSet,
            icon="image",
            fields=[
                "image",
                ("focus_x", "focus_y"),
                "alt",
                "caption",
                "region",
                "ordering",
            ],
        ),
        ContentEditorInline.create(ExerciseVideo, formset=ChildFormSet, icon="movie"),
    ]
    fieldsets = [
        (None, {"fields": ["title", "slug", "summary", "steps", "why", "tags"]}),
        ("Take care", {"fields": ["mistakes", "not_for", "hold_on_to"]}),
        ("Easier and harder", {"fields": [("progression", "level")]}),
        ("Drawing", {"fields": ["figure", "drawing"]}),
        ("About the dose", {"fields": ["limb", "to_ask", "for_clinicians"]}),
        *LAST,
    ]

    class Media:
        css = {
            "all": [
                "css/tokens.css",
                "css/components/figure.css",
                "css/components/figure-motion.css",
            ]
        }

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "tags":
            kwargs |= {"form_class": TagField, "widget": TagField.widget}
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def render_change_form(self, request, context, *args, **kwargs):
        context["last_fieldsets"] = [name for name, _ in LAST]
        return super().render_change_form(request, context, *args, **kwargs)

    def compare(self, old, new):
        return compare(old.snapshot(), new.snapshot())

    def render_version(self, request, page, version, note):
        return render_preview(request, page, version, note=note)

    @admin.display(description="dose")
    def dose_sentence(self, exercise):
        return exercise.dose.sentence()

    @admin.display(description="to ask the clinician")
    def to_ask(self, exercise):
        return to_ask(exercise.dose)

    @admin.display(description="as patients see it")
    def drawing(self, exercise):
        drawn = in_page(exercise)
        moving = format_html('<div data-plays="once">{}</div>', drawn)
        return moving if drawn else "There is no drawing yet."
