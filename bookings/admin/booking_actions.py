"""The front desk's answers to a request. Each is for the version of it that the page showed."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods, require_POST

from bookings import services
from bookings.availability.free_times import FreeTimes
from bookings.exceptions import Busy, ChangedMeanwhile, Erased, NotPossible, Refused
from bookings.forms.desk import LineForm
from bookings.models import Booking, BookingNote, CallSettings
from bookings.states import State
from kneecare.core.admin.model_admin import ReadOnlyAdmin
from kneecare.core.admin.urls import admin_url

WHY_NOT = {
    ChangedMeanwhile: "The request has changed since you opened it. Look at it again.",
    Erased: "This person's data was erased. Nothing is kept about them any more.",
    Busy: "Somebody else changed this at the same moment. Try again.",
    NotPossible: "This is not possible as the request stands now.",
}


@dataclass(frozen=True)
class Decision:
    """What the front desk can decide about a request by one button."""

    label: str
    carry_out: Callable[..., None]
    state: State  # where it leads
    after_start: bool = False  # whether a call must have begun


DECISIONS = {
    "confirm": Decision("Confirm", services.confirm, State.CONFIRMED),
    "complete": Decision("Done", services.complete, State.COMPLETED, after_start=True),
    "no_show": Decision("No-show", services.no_show, State.NO_SHOW, after_start=True),
    "decline": Decision("Decline", services.decline, State.DECLINED),
    "cancel": Decision("Cancel", services.cancel_by_clinic, State.CANCELLED_BY_CLINIC),
}


TOLD = ("confirm", "decline", "cancel")  # decisions that a mail tells of
CALLED_OFF = (
    "decline",
    "cancel",
)  # those that are asked once more, with a line for the mail


class NoteForm(forms.Form):
    text = forms.CharField(
        label="Note",
        max_length=BookingNote._meta.get_field("text").max_length,
        widget=forms.Textarea(attrs={"rows": 4, "cols": 60}),
        help_text="Only staff read it. It is deleted together with what the visitor wrote.",
        error_messages={"required": "Write the note first."},
    )


class BookingActionsAdmin(ReadOnlyAdmin):
    def get_urls(self):
        wrap = self.admin_site.admin_view
        views: list[tuple[str, str, Any]] = [
            ("decide", "decide/<slug:verb>", self.decide),
            ("decline", "decline", partial(self.ask_first, verb="decline")),
            ("cancel", "cancel", partial(self.ask_first, verb="cancel")),
            ("note", "note", self.note),
        ]
        actions = [
            path(f"<int:pk>/{route}/", wrap(view), name=f"bookings_booking_{name}")
            for name, route, view in views
        ]
        return [*actions, *super().get_urls()]

    @method_decorator(require_POST)
    def decide(self, request, pk, verb):
        """One button of the queue or of a request's page."""
        booking = self.booking_to_answer(request, pk)
        if verb not in DECISIONS:
            raise Http404
        form = LineForm(request.POST)
        if not form.is_valid():
            return self.ask(request, booking, verb, form, status=422)
        if page := self.note_beside(request, booking):
            return page
        refusal = self.carry_out(
            request, verb, booking, request.POST.get("version"), **_line_of(form, verb)
        )
        if refusal and _line_of(form, verb):
            form.add_error(None, f"Nothing was changed. {refusal}")
            as_it_is = self.booking_to_answer(request, pk)
            return self.ask(request, as_it_is, verb, form, status=409)
        return self.answered(request, booking, refusal)

    @method_decorator(require_http_methods(["GET", "HEAD"]))
    def ask_first(self, request, pk, verb):
        """What the visitor will be told, before it is told."""
        booking = self.booking_to_answer(request, pk)
        return self.ask(request, booking, verb, LineForm())

    def ask(self, request, booking, verb, form, *, status=200):
        free_times = FreeTimes(CallSettings.objects.current(), booking.zone)
        wanted = booking.slot.starts_at if booking.slot else booking.created_at
        gets_mail = sends_mail(verb, booking)
        offers_times = gets_mail and booking.is_about_a_call
        context = {
            "title": f"{DECISIONS[verb].label} {booking}?",
            "verb": verb,
            "label": DECISIONS[verb].label,
            "form": form,
            "times": free_times.nearest_choices(wanted) if offers_times else [],
            "gets_mail": gets_mail,
        }
        return self.page(request, "call_off", booking, context, status=status)

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def note(self, request, pk):
        booking = self.booking_to_answer(request, pk)
        if request.method == "POST":
            return self._keep_note(request, booking) or HttpResponseRedirect(
                admin_url(booking)
            )
        return self._note_page(request, booking, NoteForm())

    def note_beside(self, request, booking):
        """Keep the note that somebody had begun when they pressed another button; the page to mend it on, where that cannot be."""
        has_note = request.POST.get("text", "").strip()
        return self._keep_note(request, booking) if has_note else None

    def _keep_note(self, request, booking):
        """``None`` once it is kept."""
        form = NoteForm(request.POST)
        if not form.is_valid():
            return self._note_page(request, booking, form, status=422)
        try:
            services.note(booking, form.cleaned_data["text"], by=request.user)
        except Refused as refused:
            form.add_error(None, why_not(refused))
            return self._note_page(request, booking, form, status=409)
        self.message_user(request, "Your note is kept.", messages.SUCCESS)
        return None

    def _note_page(self, request, booking, form, *, status=200):
        context = {"title": f"Note on {booking}", "form": form}
        return self.page(request, "note", booking, context, status=status)

    def booking_to_answer(self, request, pk):
        if not may_decide(request.user):
            raise PermissionDenied
        return get_object_or_404(Booking.objects.with_call(), pk=pk)

    def carry_out(self, request, verb, booking, seen_version, **words):
        """Decide, and note it in the admin's history; why it could not be done, or nothing."""
        try:
            check_version(booking, seen_version)
            DECISIONS[verb].carry_out(booking, by=request.user, **words)
        except Refused as refused:
            return why_not(refused)
        self.log_change(request, booking, f"{booking.get_state_display()}.")
        return ""

    def answered(self, request, booking, refusal, done=""):
        """Say what became of it, where the answer was given: in the queue, or on the request's own page."""
        if refusal:
            self.message_user(
                request, f"Nothing was changed. {refusal}", messages.ERROR
            )
        else:
            done = done or f"{booking.get_state_display()}."
            self.message_user(request, f"{booking}: {done}", messages.SUCCESS)
        if "back" in request.POST:
            queue = admin_url(Booking, "changelist")
            query = request.POST["back"].lstrip("?")
            return HttpResponseRedirect(f"{queue}?{query}")
        return HttpResponseRedirect(admin_url(booking))

    def page(self, request, name, booking, context, *, status=200):
        every_page = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "booking": booking,
        }
        template = f"bookings/admin/{name}.html"
        return render(request, template, {**every_page, **context}, status=status)


def possible_decisions(booking):
    """The decisions that the request's state and the clock allow: ``[("confirm", "Confirm"), …]``."""
    return [
        (verb, decision.label)
        for verb, decision in DECISIONS.items()
        if is_possible(verb, booking)
    ]


def is_possible(verb, booking):
    is_ahead = booking.is_call and not booking.has_started
    waits_for_start = DECISIONS[verb].after_start and is_ahead
    return booking.can_become(DECISIONS[verb].state) and not waits_for_start


def sends_mail(verb, booking):
    """Whether its visitor gets a mail about the decision: an enquiry that is closed sends none."""
    is_told = verb in TOLD and (verb != "decline" or booking.is_about_a_call)
    return is_told and bool(booking.email)


def _line_of(form, verb):
    line = form.cleaned_data["line"]
    return {"line": line} if line and verb in CALLED_OFF else {}


def may_decide(user):
    return user.has_perm("bookings.change_booking")


def check_version(booking, seen_version):
    """Refuse an answer to another version of the request than it has now."""
    if seen_version != str(booking.version):
        raise ChangedMeanwhile if booking.name else Erased


def why_not(refused):
    return str(refused) or WHY_NOT.get(type(refused), WHY_NOT[NotPossible])
