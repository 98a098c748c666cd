"""The second of two editors is told who saved when, and loses nothing."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpResponseRedirect
from django.utils.functional import cached_property

from kneecare.core.clock import moment_words
from kneecare.core.identifiers import parse_id
from kneecare.core.people import name_of
from kneecare.publishing.admin.formsets import ChildFormSet
from kneecare.publishing.publish import save_revision

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
    ModelForm = forms.ModelForm[Any]
else:
    ModelAdmin, ModelForm = admin.ModelAdmin, forms.ModelForm

STALE = "saved_meanwhile"


class SeesRevision(forms.BaseForm):
    """Knows which save of a page it was opened on (``seen``). A subclass says which ``page``."""

    page: Any

    @cached_property
    def seen(self) -> int:
        """0, which no save is, for a form that was sent and does not say."""
        told = parse_id(self.data.get("seen")) or 0
        return told if self.is_bound else self.page.revision

    @property
    def says_what_it_saw(self) -> bool:
        return bool(0 < self.seen <= self.page.revision)


class DraftForm(SeesRevision, ModelForm):
    """Tells of another save since, and knows which it may overwrite."""

    @property
    def page(self) -> Any:
        return self.instance

    @property
    def is_stale(self) -> bool:
        return bool(self.instance.pk) and self.seen != self.instance.revision

    @property
    def overwrites(self) -> bool:
        """Whether the editor chose to save over the very state that the message told them of."""
        told = parse_id(self.data.get("_overwrite"))
        return self.is_stale and told == self.instance.revision

    @property
    def stale_words(self) -> str:
        page = self.instance
        who, kind = name_of(page.saved_by) or "Somebody", page._meta.verbose_name
        words = f"{who} saved this {kind} on {moment_words(page.saved_at)}, after you had opened it. "
        if not self.says_what_it_saw:
            words = f"What was sent does not say which save of this {kind} you had opened. It may lack what others have saved since. "
        return f"{words}Yours is not saved yet. All that you typed is still below."

    def clean(self) -> Any:
        if self.is_stale and not self.overwrites:
            raise forms.ValidationError(self.stale_words, code=STALE)
        return super().clean()


class EditConflictMixin(ModelAdmin):
    """The admin of a ``VersionedPage``. The inlines of its children have a ``ChildFormSet``."""

    form = DraftForm
    has_guard_of_its_own = True

    def get_object(self, request: Any, object_id: str, from_field: Any = None) -> Any:
        """The page; while one editor saves it, nobody else does."""
        page = super().get_object(request, object_id, from_field)
        if page and request.method == "POST":
            locked = self.model._default_manager.select_for_update(of=("self",))
            page = locked.select_related("saved_by").filter(pk=page.pk).first()
        return page

    def get_formsets_with_inlines(self, request: Any, obj: Any = None) -> Any:
        for formset, inline in super().get_formsets_with_inlines(request, obj):
            if issubclass(formset, ChildFormSet):
                formset.may_restore = inline.has_change_permission(request, obj)
            yield formset, inline

    def save_related(
        self, request: Any, form: Any, formsets: Any, change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
        page = form.instance
        if form.overwrites:
            drop_others(page, formsets)
        forms = [form, *formsets]
        has_changed = form.overwrites or any(each.has_changed() for each in forms)
        if (change and has_changed) or not page.saved_by_id:
            page.count_save(by=request.user)
            page.save(update_fields=["revision", "saved_by", "saved_at"])
        save_revision(page, by=request.user)

    def response_change(self, request: Any, obj: Any) -> Any:
        if "_overwrite" in request.POST:
            told = f"Yours is saved. What it replaced is in the history of the {self.opts.verbose_name}."
            self.message_user(request, told, messages.SUCCESS)
            return HttpResponseRedirect(request.path)
        return super().response_change(request, obj)

    def render_change_form(
        self, request: Any, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        form, page = context["adminform"].form, context.get("original")
        if page:
            context |= {
                "seen": form.seen,
                "is_stale": form.is_stale,
                "says_what_it_saw": form.says_what_it_saw,
            }
        if page and form.is_stale:
            opened = page.versions.filter(revision=form.seen)
            context["version_seen"] = opened.only("pk").first()
        if form.has_error(NON_FIELD_ERRORS, STALE) and len(context["errors"]) == 1:
            # The notice says it all: there is no error to look for.
            context["errors"] = []
        return super().render_change_form(request, context, *args, **kwargs)

    def get_inline_formsets(
        self, request: Any, formsets: Any, *args: Any, **kwargs: Any
    ) -> Any:
        """Each posted row stands under its own name: Django names them by the order in the database, which may be another now."""
        for formset in formsets:
            if formset.is_bound and formset.initial_forms:
                formset._queryset = [form.instance for form in formset.initial_forms]
        return super().get_inline_formsets(request, formsets, *args, **kwargs)


def drop_others(page: Any, formsets: Any) -> None:
    """Delete the children of ``page`` that do not stand in saved ``formsets``; no kind that this editor may not delete."""
    children = page.version_model().CHILDREN
    for formset in formsets:
        if formset.model in children and formset.can_delete:
            rows = formset.model._base_manager.filter(**{children[formset.model]: page})
            deleted = formset.deleted_forms
            kept = [form.instance.pk for form in formset if form not in deleted]
            rows.exclude(pk__in=[pk for pk in kept if pk]).delete()
