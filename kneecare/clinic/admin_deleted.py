"""What somebody types in a page that another deletes meanwhile stays in the form, for a new page."""

from typing import cast

from django import forms
from django.contrib.admin import ModelAdmin
from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.admin.utils import unquote
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import NON_FIELD_ERRORS

from kneecare.clinic.people import name_of
from kneecare.publishing.admin.object_views import address
from kneecare.publishing.formset_data import all_new

GONE = "deleted_meanwhile"


class KeptForm(forms.ModelForm):
    """Is not valid, and says so in the words ``gone``, where what it was opened on has been deleted."""

    gone = ""

    def clean(self):
        if self.gone:
            raise forms.ValidationError(self.gone, code=GONE)
        return super().clean()


class OutlivesDeletion(ModelAdmin):
    form = KeptForm

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if (
            request.method == "POST"
            and object_id
            and self.has_add_permission(request)
            and not self.get_object(request, unquote(object_id))
        ):
            request.gone = self._gone_words(unquote(object_id))
            request.POST, request._files = all_new(
                request.POST, request.FILES, self._links(request)
            )
            object_id, form_url = None, address(self.model, "add")
        return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        cast(type[KeptForm], form).gone = getattr(request, "gone", "")
        return form

    def render_change_form(self, request, context, *args, **kwargs):
        is_gone = context["adminform"].form.has_error(NON_FIELD_ERRORS, GONE)
        if is_gone and len(context["errors"]) == 1:
            # The notice says it: there is no error to look for.
            context["errors"] = []
        return super().render_change_form(request, context, *args, **kwargs)

    def _links(self, request):
        return {
            formset.get_default_prefix(): formset.fk.name
            for formset, _ in self.get_formsets_with_inlines(request)
        }

    def _gone_words(self, object_id):
        kind = ContentType.objects.get_for_model(self.model)
        logged = LogEntry.objects.filter(
            content_type=kind, object_id=object_id, action_flag=DELETION
        )
        last = logged.select_related("user").first()
        who = name_of(last and last.user) or "Somebody"
        return f"{who} deleted this {self.opts.verbose_name} while you had it open."
