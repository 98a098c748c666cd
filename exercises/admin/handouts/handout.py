"""Handouts for one person, as a therapist between two patients makes them."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.formats import date_format

from exercises.admin.doses import without_shortcuts
from exercises.admin.handouts.forms import HandoutForm, today
from exercises.admin.handouts.panel import panel
from exercises.admin.handouts.review import review
from exercises.admin.handouts.rows import HandoutItemInline
from exercises.admin.handouts.start import Start
from exercises.admin.signing import NAMING, KnowsSigner
from exercises.dose import DoseSnapshot
from exercises.handouts.starting_doses import complete_dose, complete_pain_guide
from exercises.handouts.versions import store_version
from exercises.models import Handout, Routine
from exercises.models.plan import MOST_ADVISED
from kneecare.core.admin.model_admin import PrintedAdmin
from kneecare.core.admin.urls import admin_url
from kneecare.core.database.sqlite import truncate_journal
from kneecare.publishing.admin.object_views import ObjectView, ObjectViewsMixin
from kneecare.publishing.admin.review import warn_of_forgery

WEEKS_MORE = 4


class StateFilter(admin.SimpleListFilter):
    title = "state"
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [("works", "Works"), ("over", "Ended or withdrawn")]

    def queryset(self, request, queryset):
        working = Handout.objects.readable(on=today()).values("pk")
        if self.value() == "works":
            return queryset.filter(pk__in=working)
        return queryset.exclude(pk__in=working) if self.value() else queryset


@admin.register(Handout)
class HandoutAdmin(KnowsSigner, ObjectViewsMixin, PrintedAdmin):
    form = HandoutForm
    object_views = [ObjectView("review/", review)]
    object_views_related = ["clinician", "live_version"]
    has_guard_of_its_own = True
    list_display = ["reference", "title", "version", "made_on", "expires_on", "state"]
    list_display_links = ["reference", "title"]
    list_filter = [StateFilter, "made_on"]
    search_fields = ["reference", "title"]
    search_help_text = "The six letters that stand on the handout, or its title."
    view_on_site = False
    actions = ["withdraw_selected"]
    inlines = [HandoutItemInline]
    change_form_template = "admin/exercises/handout/change_form.html"
    fieldsets = [
        (None, {"fields": ["title", "note", ("clinician", "expires_on")]}),
        (
            "How often, and how much it may hurt",
            {
                "description": "What is empty is not stated. The two limits of the pain guide are on a scale of 0 to 10: "
                "empty both to leave the guide out.",
                "fields": [
                    ("days_per_week", "weeks", "rest_between"),
                    ("green_to", "amber_to"),
                    "is_checked",
                ],
            },
        ),
    ]

    class Media:
        css = {"all": ["css/admin/handout.css"]}

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        return without_shortcuts(field)

    @admin.display(description="version", ordering="live_version__number")
    def version(self, handout):
        return handout.live_version.number if handout.live_version else "-"

    @admin.display(description="state")
    def state(self, handout):
        if handout.is_withdrawn:
            return f"Withdrawn on {date_format(handout.withdrawn_on, 'F j, Y')}"
        return "Ended" if handout.is_over else "Works"

    def get_queryset(self, request):
        """With whether the last day is over, so that a list asks for the day of today once."""
        is_over = ExpressionWrapper(Q(expires_on__lt=today()), BooleanField())
        rows = super().get_queryset(request).annotate(is_over=is_over)
        return rows.select_related("live_version__made_by")

    def get_object(self, request, object_id, from_field=None):
        """The handout; while one member of staff saves it, nobody else does."""
        handout = super().get_object(request, object_id, from_field)
        if handout and request.method == "POST":
            locked = Handout.objects.select_for_update(of=("self",))
            locked = locked.select_related("live_version__made_by")
            handout = locked.filter(pk=handout.pk).first()
        return handout

    def get_changeform_initial_data(self, request):
        given = super().get_changeform_initial_data(request)
        start = Start.of(request)
        return {**Start.usual(request.user), **(start.fields if start else {}), **given}

    def get_formset_kwargs(self, request, obj, inline, prefix):
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        start = Start.of(request, obj if obj.pk else None)
        if start and request.method == "GET":
            kwargs["initial"] = start.rows
        return kwargs

    def save_model(self, request, obj, form, change):
        if not change:
            obj.made_on, obj.made_by = today(), request.user
        start = Start.of(request, obj if change else None)
        known = [obj.live_version.snapshot()] if change else []
        known += [start.routine] if start else []
        complete_pain_guide(obj, known=known, on=today())
        super().save_model(request, obj, form, change)

    def delete_model(self, request, obj):
        self.delete_queryset(request, Handout.objects.filter(pk=obj.pk))

    def delete_queryset(self, request, queryset):
        """Words to one person go from the journal of the database as well."""
        super().delete_queryset(request, queryset)
        transaction.on_commit(truncate_journal)

    def save_formset(self, request, form, formset, change):
        """Put the posted rows in the place of all that there were, each with where its dose comes from."""
        handout = form.instance
        known = [
            DoseSnapshot.of(item) for item in handout.items.select_related("set_by")
        ]
        start = Start.of(request, handout if change else None)
        known += start.doses if start else []
        rows = formset.save(commit=False)
        handout.items.all().delete()
        for item in rows:
            complete_dose(item, known=known, clinician=handout.clinician, on=today())
            item.save()

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        handout = form.instance
        is_checked = form.cleaned_data["is_checked"]
        store_version(handout, by=request.user, on=today(), is_checked=is_checked)
        warn_of_forgery(self, request, ["is_checked", *NAMING])
        if is_checked and not handout.live_version.is_reviewed:
            text = f"Not checked: {handout.clinician} signs with their own account."
            self.message_user(request, text, messages.WARNING)
        self._advise(request, handout)

    def _advise(self, request, handout):
        items = handout.live_version.snapshot().items
        if len(items) > MOST_ADVISED:
            text = f"This handout has {len(items)} exercises. Patients keep up with {MOST_ADVISED} or fewer better."
            self.message_user(request, text, messages.WARNING)
        for item in items:
            if not item.dose.says_anything:
                text = f"{item.exercise.title} has no dose: the patient is told to ask you."
                self.message_user(request, text, messages.WARNING)

    def construct_change_message(self, request, form, formsets, add=False):
        """The history says who saved when; what was saved stands in the versions."""
        return "Made." if add else "Saved."

    def response_add(self, request, obj, post_url_continue=None):
        return self._back_to_form(request, obj)

    def response_change(self, request, obj):
        return self._back_to_form(request, obj)

    def _back_to_form(self, request, handout):
        text = f"Saved. The patient reads version {handout.live_version.number}."
        self.message_user(request, text, messages.SUCCESS)
        return HttpResponseRedirect(admin_url(handout))

    def render_change_form(self, request, context, *args, **kwargs):
        form, handout = context["adminform"].form, context.get("original")
        context |= {
            "show_save_and_add_another": False,
            "show_save_and_continue": False,
            "routines": Routine.objects.published() if handout is None else [],
            "panel": panel(handout, today=today(), weeks=WEEKS_MORE)
            if handout
            else None,
        }
        if handout:
            told = not form.is_bound or form.is_stale
            context["seen"] = handout.revision if told else form.data.get("seen")
        return super().render_change_form(request, context, *args, **kwargs)

    def get_urls(self):
        actions = {
            "withdraw": self._withdraw,
            "extend": self._extend,
            "bring-back": self._bring_back,
        }
        urls = [
            path(
                f"<int:pk>/{name}/",
                self.admin_site.admin_view(self._action_view(act)),
                name=f"exercises_handout_{name.replace('-', '_')}",
            )
            for name, act in actions.items()
        ]
        return urls + super().get_urls()

    def _action_view(self, act):
        """A view that does one thing to one handout and leads back to it."""

        def view(request, pk):
            handout = get_object_or_404(Handout, pk=pk)
            if not self.has_change_permission(request, handout):
                raise PermissionDenied
            if request.method != "POST":
                return HttpResponseNotAllowed(["POST"])
            with transaction.atomic():
                handout = get_object_or_404(Handout.objects.select_for_update(), pk=pk)
                told = act(handout)
                self.log_change(request, handout, told)
            self.message_user(request, told, messages.SUCCESS)
            return HttpResponseRedirect(admin_url(handout))

        return view

    def _withdraw(self, handout):
        handout.withdraw(on=today())
        return "Withdrawn. The address says that it has ended."

    def _bring_back(self, handout):
        handout.bring_back()
        return "Brought back. The address works as before."

    def _extend(self, handout):
        handout.extend(on=today(), weeks=WEEKS_MORE)
        return f"It now works until {date_format(handout.expires_on, 'F j, Y')}."

    @admin.action(description="Withdraw the selected handouts", permissions=["change"])
    def withdraw_selected(self, request, queryset):
        with transaction.atomic():
            for handout in queryset.select_for_update(of=("self",)):
                self._withdraw(handout)
                self.log_change(request, handout, "Withdrawn.")
        self.message_user(request, f"{len(queryset)} withdrawn.", messages.SUCCESS)
