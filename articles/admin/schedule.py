"""The page on which an article gets its times: when it goes live, and when it comes down."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponseRedirect

from articles.admin.clinic_time import ClinicTimeField
from articles.admin.object_views import ArticlePages, address
from articles.publish import drop_plan
from articles.schedule import plan
from kneecare.clinic.clock import moment_words
from kneecare.publishing.exceptions import Refused


class PlanForm(forms.Form):
    PLANNED, WORKING_COPY = "planned", "working_copy"

    goes_live_at = ClinicTimeField(label="Goes live", required=False)
    what = forms.ChoiceField(label="What goes live", widget=forms.RadioSelect)
    comes_down_at = ClinicTimeField(
        label="Comes down",
        required=False,
        help_text="Leave this empty for an article that stays.",
    )
    note = forms.CharField(
        max_length=200,
        required=False,
        help_text="For the history: what is new in this version.",
    )

    def __init__(self, *args, article, **kwargs):
        self.article = article
        super().__init__(*args, **kwargs)
        for name in ["goes_live_at", "comes_down_at"]:
            self.fields[name].initial = getattr(article, name)
        what: Any = self.fields["what"]
        if not article.scheduled_version_id:
            del self.fields["what"]
            return
        label = article.scheduled_version.label.capitalize()
        what.initial = self.PLANNED
        what.choices = [
            (self.PLANNED, f"{label}, as it was checked"),
            (self.WORKING_COPY, "The working copy, as it is now"),
        ]

    def clean(self):
        cleaned = super().clean() or {}
        if self.errors or cleaned["goes_live_at"]:
            return cleaned
        if self.article.scheduled_version_id:
            raise forms.ValidationError("Give a time, or press “Drop the plan”.")
        if not (cleaned["comes_down_at"] or self.article.comes_down_at):
            raise forms.ValidationError("Give at least one time.")
        return cleaned

    def carry_out(self, *, by):
        """Plan it. What does not fit together comes back as an error of the form."""
        values = dict(self.cleaned_data)
        anew = values.pop("what", self.WORKING_COPY) == self.WORKING_COPY
        try:
            plan(self.article, by=by, anew=anew, **values)
        except Refused as refusal:
            self.add_error(None, str(refusal))


class Plans(ArticlePages):
    pages = {"plan/": "plan"}

    def plan(self, request, pk):
        article = self.get_row(request, pk, to_change=True)
        form = PlanForm(request.POST or None, article=article)
        if "_drop" in request.POST:
            return self._drop(request, article)
        if form.is_valid():
            form.carry_out(by=request.user)
            if form.is_valid():
                return self._done(request, article, plan_words(article))
        context = {"form": form, "plan_words": plan_words(article)}
        return self.page(request, article, "schedule", **context)

    def _drop(self, request, article):
        try:
            if article.scheduled_version_id:
                drop_plan(article, by=request.user)
        except Refused as refusal:
            self.message_user(request, str(refusal), messages.WARNING)
            return HttpResponseRedirect(request.path)
        return self._done(request, article, "The plan is dropped.")

    def _done(self, request, article, words):
        self.message_user(request, words, messages.SUCCESS)
        return HttpResponseRedirect(address("change", article.pk))


def plan_words(article):
    """What is planned for an article, on the clock that holds now."""
    words = []
    if article.scheduled_version:
        label = article.scheduled_version.label.capitalize()
        words.append(f"{label} goes live on {moment_words(article.goes_live_at)}.")
    if article.comes_down_at:
        words.append(
            f"The article comes down on {moment_words(article.comes_down_at)}."
        )
    return " ".join(words) or "Nothing is planned."
