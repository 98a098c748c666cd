"""What is typed into a row that somebody deletes meanwhile is kept: in the form of a new one, or on a page that holds it."""

from functools import wraps
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.admin.utils import unquote
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import NON_FIELD_ERRORS, FieldDoesNotExist
from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.cache import never_cache

from kneecare.core.admin.urls import admin_url
from kneecare.core.people import name_of

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
    Form = forms.Form
else:
    ModelAdmin, Form = admin.ModelAdmin, object

DELETED = "deleted_meanwhile"
KEPT = "All that you typed is still below, and not saved. Save it to make a new {} of it, or leave this page."
OURS = ("csrfmiddlewaretoken", "seen", "version", "back", "initial-")
NOT_WORDS = ("_FORMS", "_kept", "-position", "-id")


class DeletedRowForm(Form):
    """The form of a new row that says first what became of the old one. It is not valid."""

    deleted = ""

    def clean(self) -> Any:
        # First: what else is wrong may be raised, and nothing after it would be told.
        self.add_error(None, forms.ValidationError(self.deleted, code=DELETED))
        return super().clean()


class KeepsTypedWords(ModelAdmin):
    """Each admin class of the site becomes one of these as it is registered: see ``ClinicAdminSite``."""

    def _get_obj_does_not_exist_redirect(
        self, request: Any, opts: Any, object_id: str
    ) -> Any:
        """Where Django finds that the row is gone, in its transaction and after its question who may change it."""
        if request.method != "POST":
            return super()._get_obj_does_not_exist_redirect(request, opts, object_id)  # type: ignore[misc]
        request.deleted = self._deleted_words(unquote(object_id))
        if not self._new_form_holds_all(request):
            return self._words_page(request)
        return self.changeform_view(request, None, admin_url(self.model, "add"))

    def get_urls(self) -> list[Any]:
        """The pages of one row keep what is typed into them as its form does: a note, the words of a refusal."""
        urls = super().get_urls()
        for each in urls:
            each.callback = self._keeping(each.callback)
        return urls

    def _keeping(self, view: Any) -> Any:
        @never_cache
        @wraps(view)
        def keeping(request: Any, *args: Any, **kwargs: Any) -> Any:
            try:
                return view(request, *args, **kwargs)
            except Http404:
                pk = kwargs.get("pk")
                rows = self.model._base_manager.filter(pk=pk)
                is_said = any(self._words(request.POST))
                if request.method != "POST" or not is_said or pk is None or rows.exists():  # fmt: skip
                    raise
                if not self.has_view_or_change_permission(request):
                    raise
                request.deleted = self._deleted_words(str(pk))
                return self._words_page(request)

        return keeping

    def get_form(
        self, request: Any, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        words = getattr(request, "deleted", "")
        if not words:
            return form
        said = {"deleted": f"{words} {KEPT.format(self.opts.verbose_name)}"}
        return type(form)(form.__name__, (DeletedRowForm, form), said)

    def get_formset_kwargs(
        self, request: Any, obj: Any, inline: Any, prefix: str
    ) -> dict[str, Any]:
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        is_deleted = getattr(request, "deleted", "")
        return kwargs | ({"save_as_new": True} if is_deleted else {})

    def render_change_form(
        self, request: Any, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        context["deleted"] = getattr(request, "deleted", "")
        form = context["adminform"].form
        is_only_fault = sum(map(len, context["errors"])) == 1
        if form.has_error(NON_FIELD_ERRORS, DELETED) and is_only_fault:
            # There is no error to look for: a notice in place of the list says it all.
            messages.warning(request, form.deleted)
            context["errors"] = []
        return super().render_change_form(request, context, *args, **kwargs)

    def _new_form_holds_all(self, request: Any) -> bool:
        """Whether this person may make a new row, and its form has every field that was typed into."""
        if not self.has_add_permission(request):
            return False
        fields = self.get_form(request, None, change=False).base_fields
        return all(_field(self.model, name) is None or name in fields for name in request.POST)  # fmt: skip

    def _words_page(self, request: Any) -> HttpResponse:
        """For who may not make a new row, or where the form of one asks for other things."""
        context = {
            **self.admin_site.each_context(request),
            "title": request.deleted,
            "opts": self.opts,
            "words": list(self._words(request.POST)),
        }
        return TemplateResponse(request, "admin/deleted.html", context, status=409)

    def _words(self, posted: Any) -> Any:
        """Each text that was typed, with the name of its field."""
        for name in posted:
            text = "\n".join(posted.getlist(name)).strip()
            if (
                text
                and not name.startswith(("_", *OURS))
                and not name.endswith(NOT_WORDS)
            ):
                field = _field(self.model, name)
                yield (field.verbose_name if field else name.replace("-", " ")), text

    def _deleted_words(self, object_id: str) -> str:
        kind = ContentType.objects.get_for_model(self.model)
        logged = LogEntry.objects.filter(
            content_type=kind, object_id=object_id, action_flag=DELETION
        )
        last = logged.select_related("user").first()
        kind_of_row = self.opts.verbose_name
        if who := name_of(last and last.user):
            return f"{who} deleted this {kind_of_row} while you had it open."
        return f"This {kind_of_row} was deleted while you had it open."


def _field(model: Any, name: str) -> Any:
    try:
        return model._meta.get_field(name)
    except FieldDoesNotExist:
        return None
