"""Forms for what call times are made from: what they would do is shown first, and no booked call is lost by them."""

from copy import copy
from functools import wraps

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.actions import delete_selected
from django.db import models, transaction
from django.utils.html import format_html, format_html_join

from bookings import clock
from bookings.availability.idle import idle_hours
from bookings.availability.preview import left_outside, preview
from bookings.availability.slots import make_slots
from bookings.forms.times import NearDayField, TypedTimeField, TypedTimeInput
from bookings.models import Booking
from kneecare.core.admin.urls import admin_url

PREVIEW = "_preview"
DAYS_AHEAD = 3 * 365  # that closures and extra hours may be known
NAMED = 10  # calls that a message names; the queue has them all


class PreviewedForm(forms.ModelForm):
    """A form that is not stored when its Preview button was pressed; it comes back with every typed word."""

    def is_valid(self):
        return super().is_valid() and PREVIEW not in self.data

    def preview(self):
        return preview(self.row().save)

    def row(self):
        """What the form would store."""
        return copy(self.instance)


class CallTimesAdmin(admin.ModelAdmin):
    """For what call times are made from: a change shows on the booking page at once.

    Times are made once the change is stored, since the admin's own transaction would keep visitors waiting.
    A call that was booked stays booked: staff are told which ones are on no time any longer. They are counted once
    the change is stored, so that one that was booked in the same instant is among them.
    """

    form = PreviewedForm
    formfield_overrides = {
        models.TimeField: {"form_class": TypedTimeField, "widget": TypedTimeInput},
        models.DateField: {"form_class": NearDayField, "days_ahead": DAYS_AHEAD},
    }
    change_form_template = "bookings/admin/availability_form.html"
    delete_confirmation_template = "bookings/admin/availability_delete.html"
    delete_selected_confirmation_template = (
        "bookings/admin/availability_delete_selected.html"
    )
    actions = ["delete_selected"]

    def get_urls(self):
        urls = super().get_urls()
        for each in urls:
            each.callback = self._renewing(each.callback)
        return urls

    def _renewing(self, view):
        @wraps(view)
        def renewing(request, *args, **kwargs):
            response = view(request, *args, **kwargs)
            if getattr(request, "has_changed_times", False):
                self.renew_times(request)
            return response

        return renewing

    def render_change_form(self, request, context, *args, **kwargs):
        form = context["adminform"].form
        if PREVIEW in request.POST and not form.errors:
            context["preview"] = form.preview()
        return super().render_change_form(request, context, *args, **kwargs)

    def render_delete_form(self, request, context):
        row = copy(context["object"])
        return super().render_delete_form(
            request, {**context, "preview": preview(row.delete)}
        )

    @admin.action(
        permissions=["delete"], description="Delete selected %(verbose_name_plural)s"
    )
    def delete_selected(self, request, queryset):
        confirmation = delete_selected(self, request, queryset)
        if confirmation:
            context = confirmation.context_data or {}
            confirmation.context_data = {**context, "preview": preview(queryset.delete)}
        return confirmation

    def save_model(self, request, obj, form, change):
        before = idle_hours()
        super().save_model(request, obj, form, change)
        self.warn_of_idle_hours(request, before)
        request.has_changed_times = True

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        request.has_changed_times = True

    def delete_queryset(self, request, queryset):
        super().delete_queryset(request, queryset)
        request.has_changed_times = True

    def renew_times(self, request):
        """To be called when the change is stored."""
        self.warn_of_booked_calls(request)
        transaction.on_commit(make_slots)

    def warn_of_idle_hours(self, request, before):
        """``before``: those of which staff were told when they came up."""
        if new := [words for words in idle_hours() if words not in before]:
            told = f"Some hours make no time to book. {'; '.join(new[:NAMED])}."
            self.message_user(request, told, messages.WARNING)

    def warn_of_booked_calls(self, request):
        hit = left_outside()
        if hit:
            self.message_user(request, _outside_words(hit), messages.WARNING)


def _outside_words(bookings):
    calls = format_html_join(
        ", ",
        '<a href="{}">{}, {}</a>',
        (
            (
                admin_url(booking),
                booking.reference,
                clock.moment_words(booking.slot.starts_at, booking.zone),
            )
            for booking in bookings[:NAMED]
        ),
    )
    return format_html(
        "{} outside your hours now. Nothing was cancelled. Move or cancel {} yourself: {}. "
        '<a href="{}?when=outside">See them all</a>.',
        "1 booked call is"
        if len(bookings) == 1
        else f"{len(bookings)} booked calls are",
        "it" if len(bookings) == 1 else "them",
        calls,
        admin_url(Booking, "changelist"),
    )
