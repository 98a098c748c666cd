from collections import Counter

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.timesince import timesince
from django.views.decorators.http import require_POST

from bookings import clock
from bookings.admin.decisions import DECISIONS, possible
from bookings.exceptions import ChangedMeanwhile, NotPossible, Refused
from bookings.models import Booking, BookingEvent

WHY_NOT = {
    ChangedMeanwhile: "The request has changed since you opened it. Look at it again.",
    NotPossible: "This is not possible as the request stands now.",
}


class EventInline(admin.TabularInline):
    """Who did what when."""

    model = BookingEvent
    fields = ["when", "from_state", "to_state", "by"]
    readonly_fields = ["when"]
    verbose_name_plural = "what happened"

    def get_queryset(self, request):
        return BookingEvent.objects.with_zone().select_related("by")

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm("bookings.view_booking")

    @admin.display
    def when(self, event):
        return clock.moment_words(event.at, event.zone)


@admin.register(Booking)
class BookingAdmin(admin.ModelAdmin):
    """The queue. A request comes from a visitor and changes by decisions only, so that nothing is edited here."""

    list_display = ["reference", "kind", "name", "call_time", "state", "age"]
    list_filter = ["state", "kind"]
    search_fields = ["reference", "name", "email"]
    search_help_text = "By name, e-mail or reference."
    date_hierarchy = "created_at"
    list_per_page = 50
    show_full_result_count = False
    inlines = [EventInline]
    change_form_template = "bookings/admin/request.html"
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "reference",
                    "kind",
                    "state",
                    "call_time",
                    "with_whom",
                    "program",
                    "asked",
                ]
            },
        ),
        ("Who", {"fields": ["name", "email", "phone"]}),
        (
            "What is going on",
            {
                "description": "Private. Do not copy it into mail. It is deleted 30 days after the call.",
                "fields": ["message"],
            },
        ),
        (
            "Consent",
            {"fields": ["consent_version", "consented"], "classes": ["collapse"]},
        ),
    ]

    def get_queryset(self, request):
        return Booking.objects.with_call()

    def get_urls(self):
        decide = self.admin_site.admin_view(self.decide)
        decide_path = path(
            "<int:pk>/decide/<slug:verb>/", decide, name="bookings_booking_decide"
        )
        return [decide_path, *super().get_urls()]

    def get_actions(self, request):
        actions = super().get_actions(request)
        if _may_decide(request.user):
            for verb, decision in DECISIONS.items():
                words = f"{decision.label}: the selected requests"
                actions[verb] = (_in_bulk(verb), verb, words)
        return actions

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def render_change_form(self, request, context, *args, **kwargs):
        may = _may_decide(request.user)
        context["decisions"] = possible(context["original"]) if may else []
        return super().render_change_form(request, context, *args, **kwargs)

    @method_decorator(require_POST)
    def decide(self, request, pk, verb):
        """One button of a request's page, for the version of the request that the page showed."""
        if not _may_decide(request.user):
            raise PermissionDenied
        if verb not in DECISIONS:
            raise Http404
        booking = get_object_or_404(Booking.objects.select_related("slot"), pk=pk)
        refusal = WHY_NOT[ChangedMeanwhile]
        if request.POST.get("version") == str(booking.version):
            refusal = self.carry_out(request, verb, booking)
        if refusal:
            self.message_user(
                request, f"Nothing was changed. {refusal}", messages.ERROR
            )
        else:
            self.message_user(
                request, f"{booking}: {booking.get_state_display()}.", messages.SUCCESS
            )
        return HttpResponseRedirect(
            reverse("admin:bookings_booking_change", args=[booking.pk])
        )

    def carry_out(self, request, verb, booking):
        """Decide, and note it in the admin's history; why it could not be done, or nothing."""
        try:
            DECISIONS[verb].carry_out(booking, by=request.user)
        except Refused as refusal:
            return str(refusal) or WHY_NOT[type(refusal)]
        self.log_change(request, booking, f"{booking.get_state_display()}.")
        return ""

    @admin.display(
        description="call", ordering="slot__starts_at", empty_value="no call"
    )
    def call_time(self, booking):
        if booking.slot is None:
            return None
        return clock.moment_words(booking.slot.starts_at, booking.zone)

    @admin.display(description="with")
    def with_whom(self, booking):
        return booking.slot and booking.slot.clinician

    @admin.display(description="asked")
    def asked(self, booking):
        return clock.moment_words(booking.created_at, booking.zone)

    @admin.display(description="agreed on")
    def consented(self, booking):
        given = booking.consented_at
        return given and clock.moment_words(given, booking.zone)

    @admin.display(ordering="created_at")
    def age(self, booking):
        return timesince(booking.created_at)


def _may_decide(user):
    return user.has_perm("bookings.change_booking")


def _in_bulk(verb):
    def action(booking_admin, request, queryset):
        outcomes = Counter(
            booking_admin.carry_out(request, verb, booking)
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
