"""A clinician sets a dose, or how much it may hurt, by a tick in the form, with their own account; nobody names another."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages

from exercises.models.dose_constraints import ALL, NO_SIGNATURE
from kneecare.clinic.models import Clinic, Clinician
from kneecare.publishing.admin.review import warn_of_forgery
from kneecare.publishing.reviews.signatures import NOT_YOURS, sign, signer_of

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
    ModelForm = forms.ModelForm[Any]
else:
    ModelAdmin = admin.ModelAdmin
    ModelForm = forms.ModelForm

DOSE, PAIN = "is_set_by_me", "is_pain_set_by_me"
# Fields of before, or of another program: nobody is named by them.
NAMING = [DOSE, PAIN, "set_by", "set_on", "pain_set_by", "pain_set_on", "reviewer"]
LAPSED = "{} set this dose, and it, or what it is a dose of, is another now: patients are no longer told that they did. Say where it comes from, or ask them to set it again."
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
            self.fields[self.tick_name].help_text = NOT_YOURS

    def clean(self) -> Any:
        cleaned = super().clean()
        self._refuse_a_name_as_source()
        if self.cleaned_data.get(self.tick_name):
            self._claim(self.signer, Clinic.objects.current().today)
        elif set(self.changed_data) & {*self.parts, self.source} and self._is_another():
            self._claim(None, None)
        return cleaned

    def _refuse_a_name_as_source(self) -> None:
        """A clinician's name in its place would pass for a signature."""
        source = (self.cleaned_data.get(self.source) or "").casefold()
        if not source or self.source not in self.changed_data:
            return
        names = Clinician.objects.values_list("name", flat=True)
        if any(name.casefold() in source for name in names):
            self.add_error(self.source, NO_SIGNATURE)

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


def _signed(page: Any) -> dict[int, str]:
    """Who signed each dose of an exercise or a routine as the database has it, or "", by the key of the dose."""
    stored = type(page)._default_manager.filter(pk=page.pk).first()
    if hasattr(stored, "items"):
        doses = stored.items.select_related("exercise__live_version")
    else:
        doses = [stored.stated_dose] if hasattr(stored, "stated_dose") else []
    found = {dose.pk: dose.signature for dose in doses}
    return {pk: str(each.clinician) if each else "" for pk, each in found.items()}


class SignsDosesMixin(ModelAdmin):
    """Signs what was ticked, once it is stored."""

    def save_model(self, request: Any, obj: Any, form: Any, change: Any) -> None:
        form.signed_before = _signed(obj)
        super().save_model(request, obj, form, change)

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
        plan = form.instance
        if form.cleaned_data.get(PAIN) and plan.green_to is not None:
            sign(plan.pain_to_sign(), by=request.user)
        signed_now = _signed(plan)
        for dose, signer in form.signed_before.items():
            if signer and signed_now.get(dose, signer) != signer:
                self.message_user(request, LAPSED.format(signer), messages.WARNING)
        warn_of_forgery(self, request, NAMING)
