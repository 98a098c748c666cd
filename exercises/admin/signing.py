"""A clinician sets a dose, or how much it may hurt, by a tick in the form, with their own account; nobody names another."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin

from exercises.models.dose_constraints import ALL
from kneecare.clinic.models import Clinic
from kneecare.publishing.admin.review import warn_of_forgery
from kneecare.publishing.signatures import sign, signer_of

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
    ModelForm = forms.ModelForm[Any]
else:
    ModelAdmin = admin.ModelAdmin
    ModelForm = forms.ModelForm

DOSE, PAIN = "is_set_by_me", "is_pain_set_by_me"
# Fields of before, or of another program: nobody is named by them.
NAMING = [DOSE, PAIN, "set_by", "set_on", "pain_set_by", "pain_set_on", "reviewer"]
HOLDS = "You sign for it, as it stands here. It holds until something of it changes."


def tick(label: str) -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False, help_text=HOLDS)


class SetByMe(ModelForm):
    """Whoever ticks it is who set it. ``signer`` is the clinician who fills in the form; nobody for other staff."""

    signer: Any = None
    tick_name = DOSE
    prefix_of_fields = ""
    parts = ALL
    source = "source"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.signer is None and self.tick_name in self.fields:
            self.fields[self.tick_name].disabled = True

    def clean(self) -> Any:
        cleaned = super().clean()
        if self.cleaned_data.get(self.tick_name):
            self._claim(self.signer, Clinic.objects.current().today)
        elif set(self.changed_data) & {*self.parts, self.source} and self._is_another():
            self._claim(None, None)
        return cleaned

    def _is_another(self) -> bool:
        """Whether it is no clinician's any more: it has a source, or says nothing."""
        given = self.cleaned_data
        return bool(given.get(self.source)) or not any(
            given.get(name) not in (None, "", ()) for name in self.parts
        )

    def _claim(self, clinician: Any, day: Any) -> None:
        setattr(self.instance, f"{self.prefix_of_fields}set_by", clinician)
        setattr(self.instance, f"{self.prefix_of_fields}set_on", day)

    def _get_validation_exclusions(self) -> Any:
        """No field of the form, and yet part of what the database promises."""
        names = {f"{self.prefix_of_fields}set_by", f"{self.prefix_of_fields}set_on"}
        return super()._get_validation_exclusions() - names  # type: ignore[misc]


class KnowsSigner:
    """An admin, or an inline of one, whose form asks who fills it in: it has a ``signer``."""

    def get_form(
        self, request: Any, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form: Any = super().get_form(request, obj, change, **kwargs)  # type: ignore[misc]
        form.signer = signer_of(request.user)
        return form

    def get_formset(self, request: Any, obj: Any = None, **kwargs: Any) -> Any:
        formset: Any = super().get_formset(request, obj, **kwargs)  # type: ignore[misc]
        formset.form.signer = signer_of(request.user)
        return formset


class SignsDosesMixin(ModelAdmin):
    """Signs what was ticked, once it is stored."""

    def save_model(self, request: Any, obj: Any, form: Any, change: Any) -> None:
        super().save_model(request, obj, form, change)
        if form.cleaned_data.get(PAIN) and obj.green_to is not None:
            sign(obj.pain_to_sign(), by=request.user)

    def save_formset(self, request: Any, form: Any, formset: Any, change: Any) -> None:
        super().save_formset(request, form, formset, change)
        for row in formset.forms:
            is_kept = row not in formset.deleted_forms and row.instance.pk
            if is_kept and row.cleaned_data.get(DOSE):
                sign(row.instance.to_sign(), by=request.user)

    def save_related(
        self, request: Any, form: Any, formsets: Any, change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
        warn_of_forgery(self, request, NAMING)
