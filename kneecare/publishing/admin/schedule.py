"""The page on which a page gets its times: when it goes live, and when it comes down."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from kneecare.core.admin.urls import admin_url
from kneecare.core.clock import moment_words
from kneecare.core.identifiers import parse_id
from kneecare.publishing.admin.clinic_time import ClinicTimeField
from kneecare.publishing.admin.edit_conflicts import SeesRevision
from kneecare.publishing.exceptions import EditedMeanwhile, Refused
from kneecare.publishing.publish import unschedule
from kneecare.publishing.schedule import NOT_PLANNED
from kneecare.publishing.schedule import schedule as set_times

UNKNOWN = "What was sent does not say which save of this {} you had opened. "


class ScheduleForm(SeesRevision, forms.Form):
    SCHEDULED, DRAFT = "planned", "working_copy"

    goes_live_at = ClinicTimeField(label="Goes live", required=False)
    what = forms.ChoiceField(label="What goes live", widget=forms.RadioSelect)
    comes_down_at = ClinicTimeField(label="Comes down", required=False)
    note = forms.CharField(
        max_length=200,
        required=False,
        help_text="For the history: what is new in this version.",
    )

    def __init__(self, *args: Any, page: Any, **kwargs: Any) -> None:
        self.page = page
        super().__init__(*args, **kwargs)
        for name in ["goes_live_at", "comes_down_at"]:
            self.fields[name].initial = getattr(page, name)
        kind = str(page._meta.verbose_name)
        a = "an" if kind[0] in "aeiou" else "a"
        stays = f"Leave this empty for {a} {kind} that stays."
        self.fields["comes_down_at"].help_text = stays
        what: Any = self.fields["what"]
        if not page.scheduled_version_id:
            del self.fields["what"]
            return
        label = page.scheduled_version.label.capitalize()
        what.initial = self.SCHEDULED
        what.choices = [
            (self.SCHEDULED, f"{label}, as it was checked"),
            (self.DRAFT, "The working copy, as it is now"),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors or cleaned["goes_live_at"]:
            return cleaned
        if self.page.scheduled_version_id:
            raise forms.ValidationError("Give a time, or press “Drop the plan”.")
        if not (cleaned["comes_down_at"] or self.page.comes_down_at):
            raise forms.ValidationError("Give at least one time.")
        return cleaned

    def carry_out(self, *, by: Any) -> bool:
        """Schedule it, and return whether it is done. What does not fit together comes back as an error of the form."""
        values = dict(self.cleaned_data)
        anew = values.pop("what", self.DRAFT) == self.DRAFT
        try:
            set_times(self.page, by=by, anew=anew, seen=self.seen, **values)
        except EditedMeanwhile as refusal:
            unknown = UNKNOWN.format(self.page._meta.verbose_name) + NOT_PLANNED
            self.add_error(None, str(refusal) if self.says_what_it_saw else unknown)
            # Now they have been told of this one.
            self.seen = type(self.page).objects.get(pk=self.page.pk).revision
        except Refused as refusal:
            self.add_error(None, str(refusal))
        return self.is_valid()


def schedule(admin: Any, request: HttpRequest, page: Any) -> Any:
    form = ScheduleForm(request.POST or None, page=page)
    if "_drop" in request.POST:
        return _drop(admin, request, page)
    if form.is_valid() and form.carry_out(by=request.user):
        return _done(admin, request, page, schedule_words(page))
    context = {"form": form, "schedule_words": schedule_words(page)}
    opened = parse_id(request.GET.get("seen"))
    if opened and not form.is_bound:
        form.seen = opened
    return admin.render_page(request, page, "versions/schedule", **context)


def _drop(admin: Any, request: HttpRequest, page: Any) -> HttpResponse:
    try:
        if page.scheduled_version_id:
            unschedule(page, by=request.user)
    except Refused as refusal:
        admin.message_user(request, str(refusal), messages.WARNING)
        return HttpResponseRedirect(request.path)
    return _done(admin, request, page, "The plan is dropped.")


def _done(admin: Any, request: HttpRequest, page: Any, words: str) -> HttpResponse:
    admin.message_user(request, words, messages.SUCCESS)
    return HttpResponseRedirect(admin_url(admin.model, "change", page.pk))


def schedule_words(page: Any) -> str:
    """What is scheduled for a page, on the clock that holds now."""
    words = []
    if page.scheduled_version:
        label = page.scheduled_version.label.capitalize()
        words.append(f"{label} goes live on {moment_words(page.goes_live_at)}.")
    if page.comes_down_at:
        kind, when = page._meta.verbose_name, moment_words(page.comes_down_at)
        words.append(f"The {kind} comes down on {when}.")
    return " ".join(words) or "Nothing is planned."
