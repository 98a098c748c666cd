"""The front desk's answers to a request. Each is for the version of it that the page showed."""

from collections import Counter
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods, require_POST

from bookings import services
from bookings.admin.decisions import DECISIONS
from bookings.admin.forms import NoteForm
from bookings.admin.reschedule import move
from bookings.availability.free_times import Offer
from bookings.exceptions import ChangedMeanwhile, NotPossible, Refused, SlotTaken
from bookings.models import Booking, CallSettings

WHY_NOT = {
    ChangedMeanwhile: "The request has changed since you opened it. Look at it again.",
    NotPossible: "This is not possible as the request stands now.",
}


class AnsweringAdmin(admin.ModelAdmin):
    def get_urls(self):
        wrap = self.admin_site.admin_view
        views: list[tuple[str, str, Any]] = [
            ("decide", "decide/<slug:verb>", self.decide),
            ("decline", "decline", self.decline),
            ("move", "move", self.move),
            ("note", "note", self.note),
        ]
        answers = [
            path(f"<int:pk>/{address}/", wrap(view), name=f"bookings_booking_{name}")
            for name, address, view in views
        ]
        return [*answers, *super().get_urls()]

    def get_actions(self, request):
        actions = super().get_actions(request)
        if may_decide(request.user):
            for verb, decision in DECISIONS.items():
                words = f"{decision.label}: the selected requests"
                actions[verb] = (_in_bulk(verb), verb, words)
        return actions

    @method_decorator(require_POST)
    def decide(self, request, pk, verb):
        """One button of the queue or of a request's page."""
        booking = self.booking_to_answer(request, pk)
        if verb not in DECISIONS:
            raise Http404
        refusal = WHY_NOT[ChangedMeanwhile]
        if request.POST.get("version") == str(booking.version):
            refusal = self.carry_out(request, verb, booking)
        return self.answered(request, booking, refusal)

    @method_decorator(require_http_methods(["GET", "HEAD"]))
    def decline(self, request, pk):
        """What the visitor will be told, before it is told."""
        booking = self.booking_to_answer(request, pk)
        offer = Offer(CallSettings.objects.current(), booking.zone)
        wanted = booking.slot.starts_at if booking.slot else booking.created_at
        gets_mail = booking.is_call or booking.is_call_back
        return self.page(
            request,
            "decline",
            booking,
            title=f"Decline {booking}",
            times=offer.nearest_choices(wanted) if gets_mail else [],
            gets_mail=gets_mail,
        )

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def move(self, request, pk):
        return move(self, request, self.booking_to_answer(request, pk))

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def note(self, request, pk):
        booking = self.booking_to_answer(request, pk)
        form = NoteForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            services.note(booking, form.cleaned_data["text"], by=request.user)
            self.message_user(request, "Your note is kept.", messages.SUCCESS)
            return HttpResponseRedirect(page_of(booking))
        title = f"Note on {booking}"
        return self.page(request, "note", booking, title=title, form=form)

    def booking_to_answer(self, request, pk):
        if not may_decide(request.user):
            raise PermissionDenied
        return get_object_or_404(Booking.objects.with_call(), pk=pk)

    def carry_out(self, request, verb, booking):
        """Decide, and note it in the admin's history; why it could not be done, or nothing."""
        decide = DECISIONS[verb].carry_out
        return self.attempt(request, booking, lambda: decide(booking, by=request.user))

    def attempt(self, request, booking, change, words=""):
        try:
            change()
        except SlotTaken:
            raise
        except Refused as refusal:
            return str(refusal) or WHY_NOT[type(refusal)]
        self.log_change(request, booking, words or f"{booking.get_state_display()}.")
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
            queue = reverse("admin:bookings_booking_changelist")
            query = request.POST["back"].lstrip("?")
            return HttpResponseRedirect(f"{queue}?{query}")
        return HttpResponseRedirect(page_of(booking))

    def page(self, request, name, booking, *, status=200, **context):
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "booking": booking,
            **context,
        }
        is_wrong = "form" in context and context["form"].is_bound and status == 200
        return render(
            request,
            f"bookings/admin/{name}.html",
            context,
            status=422 if is_wrong else status,
        )


def may_decide(user):
    return user.has_perm("bookings.change_booking")


def page_of(booking):
    return reverse("admin:bookings_booking_change", args=[booking.pk])


def _in_bulk(verb):
    def action(booking_admin, request, queryset):
        outcomes = Counter(
            booking_admin.carry_out(request, verb, booking)
            if request.POST.get(f"version_{booking.pk}") == str(booking.version)
            else WHY_NOT[ChangedMeanwhile]
            for booking in queryset.select_related("slot")
        )
        done = outcomes.pop("", 0)
        if done:
            booking_admin.message_user(request, f"{done} changed.", messages.SUCCESS)
        for refusal, count in outcomes.items():
            booking_admin.message_user(
                request,
                f"{count} left as they were. {refusal}",
                messages.ERROR,
            )

    return action
