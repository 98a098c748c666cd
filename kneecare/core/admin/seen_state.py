"""Of two who have the form of one row open, the second is told what the first has saved, and nothing is overwritten unseen."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import unquote
from django.db import connection, transaction
from django.db.models import Manager, Model
from django.forms.models import model_to_dict
from django.http import HttpResponseRedirect
from django.utils.text import Truncator

from kneecare.core.clock import moment_words
from kneecare.core.seen import SEEN, digest
from kneecare.core.text.html import plain_text

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
    ModelForm = forms.ModelForm[Any]
else:
    ModelAdmin, ModelForm = admin.ModelAdmin, object

CHANGED_BEFORE_DELETION = "Somebody changed it after you had opened this page, and it is not deleted. Look at it as it is now, then delete it."
ROWS_CHANGED_BEFORE_DELETION = "Somebody changed what you are about to delete after you had opened this page, and nothing is deleted. Look at it as it is now, then delete it."
CHANGED = "changed_meanwhile"
DELETE, CONFIRMED = (
    "delete_selected",
    "post",
)  # Django's names for the action, and for what its question sends
LONGEST = 200  # letters of a value that the message quotes


class SeenStateForm(ModelForm):
    """A form that carries the digest of what it was opened on (``seen_state``)."""

    inline_models: Any = ()  # each model of rows that stand in the form, and its field that leads to the row
    words = (
        "Somebody saved this {kind} after you had opened it. Yours is not saved yet; all that you typed is below. "
        "What is saved now and differs: {differ}. Save again to put yours in its place."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [name for name, field in self.fields.items() if not field.disabled]
        stored = model_to_dict(self.instance, fields=names)
        self.stored_names = list(stored)
        self.state = self.state_of(stored)
        self.seen_name = self.add_prefix(SEEN)
        sent = self.data.get(self.seen_name, "")
        self.seen_state = sent if self.is_bound else self.state

    def clean(self) -> Any:
        if self.seen_state != self.state:
            differ = self._differences()
            if differ:
                # First: what else is wrong may be raised, and nothing after it would be told.
                row, kind = self.instance, self.instance._meta.verbose_name
                differ_words = "; ".join(differ)
                words = self.words.format(row=row, kind=kind, differ=differ_words)
                self.add_error(None, forms.ValidationError(words, code=CHANGED))
                self.seen_state = self.state  # they are told of it now
        return super().clean()

    def state_of(self, values: dict[str, Any]) -> str:
        """Of the row with ``values`` in the fields of this form."""
        return f"{digest(_plain(values))}-{self._inline_state()}"

    def _inline_state(self) -> str:
        return digest(
            [
                list(model._base_manager.filter(**{link: self.instance}).order_by("pk").values_list())
                for model, link in self.inline_models
            ]
        )  # fmt: skip

    def _differences(self) -> list[str]:
        """Each field in which what is stored is not what was typed, with what is stored."""
        named = [
            f"{self[name].label} “{_words(self.instance, name)}”"
            for name in self.fields
            if name in self.changed_data and _is_stored(self.instance, name)
        ]
        if self.seen_state.rpartition("-")[2] != self._inline_state():
            named += [str(model._meta.verbose_name_plural) for model, _ in self.inline_models]  # fmt: skip
        return named


class RefusesUnseenChanges(ModelAdmin):
    """Each admin class of the site becomes one of these as it is registered: see ``ClinicAdminSite``."""

    def get_object(self, request: Any, object_id: str, from_field: Any = None) -> Any:
        """The row; while one saves it, nobody else does."""
        row = super().get_object(request, object_id, from_field)
        if row and request.method == "POST" and connection.in_atomic_block and not _guards_itself(self):  # fmt: skip
            rows = self.model._base_manager.select_for_update()
            list(rows.filter(pk=row.pk).values_list("pk"))
            row = super().get_object(request, object_id, from_field)
        return row

    def delete_view(
        self, request: Any, object_id: str, extra_context: Any = None
    ) -> Any:
        """Who is about to delete what somebody changed meanwhile is asked again, with that before them."""
        # Without the locks of who saves it: there is no transaction yet.
        row = ModelAdmin.get_object(self, request, unquote(object_id))
        state = _row_state(row) if row else ""
        if request.method == "POST" and request.POST.get(SEEN, state) != state:
            messages.warning(request, CHANGED_BEFORE_DELETION)
            return HttpResponseRedirect(request.path)
        context = {**(extra_context or {}), SEEN: state}
        return super().delete_view(request, object_id, context)

    def response_action(
        self, request: Any, queryset: Any, *args: Any, **kwargs: Any
    ) -> Any:
        """The same of many at once: the question carries the state of all rows that it was asked about."""
        if DELETE not in request.POST.getlist("action"):
            return super().response_action(request, queryset, *args, **kwargs)
        with transaction.atomic():
            chosen = request.POST.getlist(ACTION_CHECKBOX_NAME)
            rows = self.model._base_manager.filter(pk__in=chosen).order_by("pk")
            if CONFIRMED in request.POST:
                state = _rows_state(rows.select_for_update())
                if request.POST.get(SEEN, state) != state:
                    messages.warning(request, ROWS_CHANGED_BEFORE_DELETION)
                    request.POST = _asking_again(request.POST)
            response = super().response_action(request, queryset, *args, **kwargs)
        context = getattr(response, "context_data", None)
        if context is not None:
            context[SEEN] = _rows_state(context["queryset"].order_by("pk"))
        return response

    def get_form(
        self, request: Any, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        if obj is None or _guards_itself(self):
            return form
        inlines = [
            (inline.model, _link(inline, self.model)) for inline in self.get_inline_instances(request, obj)
        ]  # fmt: skip
        return type(form)(form.__name__, (SeenStateForm, form), {"inline_models": inlines})  # fmt: skip

    def render_change_form(
        self, request: Any, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        context["seen_state"] = getattr(context["adminform"].form, "seen_state", "")
        return super().render_change_form(request, context, *args, **kwargs)


def _guards_itself(model_admin: Any) -> bool:
    """Whether it tells of conflicts in a way of its own, as pages that are kept by version do."""
    return getattr(model_admin, "has_guard_of_its_own", False)


def _row_state(row: Model) -> str:
    """Of all columns of a row. Rows that stand in its form count there: a page that has any counts its saves."""
    return digest(
        [str(getattr(row, each.attname)) for each in row._meta.concrete_fields]
    )


def _rows_state(rows: Any) -> str:
    return digest([_row_state(row) for row in rows])


def _asking_again(posted: Any) -> Any:
    """What was sent, without the word that the question was answered."""
    asking = posted.copy()
    del asking[CONFIRMED]
    return asking


def _link(inline: Any, parent: Any) -> str:
    key = forms.models._get_foreign_key(parent, inline.model, fk_name=inline.fk_name)
    return str(key.name)


def _is_stored(row: Model, name: str) -> bool:
    return any(field.name == name for field in [*row._meta.fields, *row._meta.many_to_many])  # fmt: skip


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    """Texts in place of files, and keys in place of rows, in an order of their own."""
    return {
        name: sorted(each.pk for each in value) if isinstance(value, list) else str(value)
        for name, value in sorted(values.items())
    }  # fmt: skip


def _words(row: Any, name: str) -> str:
    """What is stored in a field, as people read it."""
    shown = getattr(row, f"get_{name}_display", None)
    value = shown() if shown else getattr(row, name)
    if isinstance(value, Manager):
        value = ", ".join(map(str, value.all()))
    if isinstance(value, bool):
        value = "yes" if value else "no"
    if isinstance(value, datetime):
        value = moment_words(value)
    text = "" if value is None else plain_text(str(value))
    return Truncator(text).chars(LONGEST) or "(empty)"
