"""The second of two editors is told who saved when, and loses nothing."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import NON_FIELD_ERRORS
from django.db import transaction
from django.http import HttpResponseRedirect

from kneecare.clinic.admin_deleted import KeptForm, OutlivesDeletion
from kneecare.clinic.clock import moment_words
from kneecare.clinic.people import name_of
from kneecare.core.identifiers import parse_id
from kneecare.publishing.admin.object_views import OnClinicClock
from kneecare.publishing.edit_conflicts import (
    bring_back,
    drop_others,
    make_room,
    note_save,
)
from kneecare.publishing.formset_data import as_new, ids, is_typed

STALE = "saved_meanwhile"


class WorkingCopyForm(KeptForm):
    """Knows which save of the working copy it was opened on (``seen``), and which it may overwrite."""

    @property
    def seen(self):
        return parse_id(self.data.get("seen")) or self.instance.revision

    @property
    def is_stale(self):
        return bool(self.instance.pk) and self.seen != self.instance.revision

    @property
    def overwrites(self):
        """Whether the editor chose to save over the very state that the message told them of."""
        told = parse_id(self.data.get("_overwrite"))
        return self.is_stale and told == self.instance.revision

    @property
    def stale_words(self):
        page = self.instance
        who = name_of(page.saved_by) or "Somebody"
        return (
            f"{who} saved this {page._meta.verbose_name} on {moment_words(page.saved_at)}, after you had opened it. "
            "Yours is not saved yet. All that you typed is still below."
        )

    def clean(self):
        if self.is_stale and not self.overwrites:
            raise forms.ValidationError(self.stale_words, code=STALE)
        return super().clean()


class SafeSaving(OutlivesDeletion, OnClinicClock):
    """The admin of a ``WorkingCopy``. ``parts`` are the rows that it is made of, each with the way up to it."""

    form = WorkingCopyForm
    parts: dict[Any, str] = {}

    def keep(self, page, *, by):
        """Keep the working copy as it is now as a version."""
        raise NotImplementedError

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """As Django does it; but the form finds parts again that another editor has deleted meanwhile.

        Where nothing was saved in the end, nothing is left of these.
        """
        save = partial(
            super().changeform_view, request, object_id, form_url, extra_context
        )
        if request.method != "POST" or not object_id:
            return save()
        with transaction.atomic():
            before = transaction.savepoint()
            if page := self.get_object(request, unquote(object_id)):
                self._prepare(request, page)
            response = save()
            if hasattr(response, "render"):
                response.render()
                transaction.savepoint_rollback(before)
            return response

    def get_object(self, request, object_id, from_field=None):
        """The page; while one editor saves it, nobody else does."""
        page = super().get_object(request, object_id, from_field)
        if page and request.method == "POST":
            locked = self.model._default_manager.select_for_update(of=("self",))
            page = locked.select_related("saved_by").get(pk=page.pk)
        return page

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        page = form.instance
        if form.overwrites:
            drop_others(page, self.parts, self._saved(formsets))
        forms = [form, *formsets]
        has_changed = form.overwrites or any(each.has_changed() for each in forms)
        note_save(page, by=request.user, has_changed=change and has_changed)
        self.keep(page, by=request.user)

    def response_change(self, request, obj):
        if "_overwrite" in request.POST:
            told = f"Yours is saved. What it replaced is in the history of the {self.opts.verbose_name}."
            self.message_user(request, told, messages.SUCCESS)
            return HttpResponseRedirect(request.path)
        return super().response_change(request, obj)

    def render_change_form(self, request, context, *args, **kwargs):
        form, page = context["adminform"].form, context.get("original")
        if page:
            context["seen"] = form.seen
            context["is_stale"] = form.is_stale
        if page and form.is_stale:
            opened = page.versions.filter(revision=form.seen)
            context["version_seen"] = opened.only("pk").first()
            # Where the notice says it all, there is no error to look for.
            errors = context.get("errors") or []
            is_said = form.has_error(NON_FIELD_ERRORS, STALE) and len(errors) == 1
            context["errors"] = [] if is_said else errors
        return super().render_change_form(request, context, *args, **kwargs)

    def get_inline_formsets(self, request, formsets, *args, **kwargs):
        """Each posted row stands under its own name: Django names them by the order in the database, which may be another now."""
        for formset in formsets:
            rows = [form.instance for form in formset.initial_forms]
            if formset.is_bound and all(row.pk for row in rows):
                formset._queryset = rows
        return super().get_inline_formsets(request, formsets, *args, **kwargs)

    def _prepare(self, request, page):
        """Let the form find again what another editor has deleted, and room for what it brings instead of theirs."""
        formsets = self._changeable(request, page)
        posted = {
            model: ids(request.POST, each.get_default_prefix())
            for model, each in formsets.items()
        }
        if parse_id(request.POST.get("_overwrite")) == page.revision:
            brings = {
                model: posted[model]
                for model, each in formsets.items()
                if each.can_delete
                or is_typed(
                    request.POST, each.get_default_prefix(), "id", self.parts[model]
                )
            }
            make_room(page, self.parts, brings)
        for model, gone in bring_back(page, self.parts, posted).items():
            if gone:
                prefix = formsets[model].get_default_prefix()
                request.POST, request._files = as_new(
                    request.POST, request.FILES, prefix, gone
                )

    def _changeable(self, request, page):
        """The formsets of the parts that this editor may change, by kind."""
        return {
            formset.model: formset
            for formset, inline in self.get_formsets_with_inlines(request, page)
            if formset.model in self.parts
            and inline.has_change_permission(request, page)
        }

    def _saved(self, formsets):
        """The ids of the parts that stand in saved ``formsets``, by kind; no kind that this editor may not delete."""
        return {
            formset.model: {
                form.instance.pk
                for form in formset.forms
                if form.instance.pk and form not in formset.deleted_forms
            }
            for formset in formsets
            if formset.model in self.parts and formset.can_delete
        }
