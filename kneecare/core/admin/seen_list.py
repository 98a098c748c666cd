"""Of two who have one list open in which rows are edited in place, the second is told which row the first has saved, and loses nothing."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.db import transaction
from django.utils.functional import cached_property

from kneecare.core.admin.seen_state import SeenStateForm

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
    ModelFormSet = forms.BaseModelFormSet[Any, Any]
else:
    ModelAdmin, ModelFormSet = admin.ModelAdmin, forms.BaseModelFormSet

GONE = "Somebody deleted {} of these {} after you had opened the list. There was nothing to save of what was typed there."


class SeenRowForm(SeenStateForm):
    """A row of a list, with the digest of what it was opened on. In which nothing was typed, it leaves the row as it is now."""

    words = (
        "Somebody saved “{row}” after you had opened this list. Nothing of the list is saved yet; all that you typed is in it. "
        "What is saved now and differs: {differ}. Save again to put yours in its place."
    )

    def clean(self) -> Any:
        return self.cleaned_data if self.is_untouched else super().clean()

    def has_changed(self) -> bool:
        return super().has_changed() and not (self.is_bound and self.is_untouched)

    @property
    def is_untouched(self) -> bool:
        """Whether what was sent is what the form was opened on."""
        sent = {name: self._sent(name) for name in self.stored_names}
        return self.state_of(sent) == self.seen_state

    def _sent(self, name: str) -> Any:
        """As the row would hold it; for what it cannot hold, nothing that it could."""
        bound = self[name]
        try:
            value = bound.field.clean(bound.data)
        except forms.ValidationError:
            return object()
        return getattr(value, "pk", value)


class SeenRowFormSet(ModelFormSet):
    """Without the rows that somebody deleted meanwhile: there is no row to name, nor to save."""

    @cached_property
    def forms(self) -> Any:
        return [form for form in super().forms if form.instance.pk]


class RefusesUnseenChangesInLists(ModelAdmin):
    """Each admin class of the site becomes one of these as it is registered: see ``ClinicAdminSite``."""

    def get_changelist_form(self, request: Any, **kwargs: Any) -> Any:
        form: Any = super().get_changelist_form(request, **kwargs)
        return type(form)(form.__name__, (SeenRowForm, form), {})

    def get_changelist_formset(self, request: Any, **kwargs: Any) -> Any:
        return super().get_changelist_formset(
            request, **{"formset": SeenRowFormSet, **kwargs}
        )

    def changelist_view(self, request: Any, extra_context: Any = None) -> Any:
        """As Django has it; while one saves the rows of a list, nobody else does."""
        if not (request.method == "POST" and "_save" in request.POST):
            return super().changelist_view(request, extra_context)
        with transaction.atomic():
            response = super().changelist_view(request, extra_context)
        cl = (getattr(response, "context_data", None) or {}).get("cl")
        if cl is not None and cl.formset is not None and cl.formset.is_bound:
            # Each row beside its own form: in the database they may have another order now.
            cl.result_list = [form.instance for form in cl.formset.forms]
        return response

    def _get_list_editable_queryset(self, request: Any, prefix: str) -> Any:
        rows = super()._get_list_editable_queryset(request, prefix)
        chosen = self.model._base_manager.filter(pk__in=rows.values("pk"))
        list(chosen.order_by("pk").select_for_update().values_list("pk"))
        self._tell_of_deleted(request, prefix, rows.count())
        return rows

    def _tell_of_deleted(self, request: Any, prefix: str, there: int) -> None:
        sent = self._get_edited_object_pks(request, prefix)
        gone = len(set(sent)) - there
        if gone > 0:
            told = GONE.format(gone, self.opts.verbose_name_plural)
            self.message_user(request, told, messages.WARNING)
