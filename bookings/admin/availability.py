from datetime import date
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods

from bookings import clock
from bookings.admin.availability_preview import CallTimesAdmin, PreviewedForm
from bookings.admin.week import WeekAdmin
from bookings.availability.holidays import close, coming_holidays
from bookings.availability.slots import check_how_many
from bookings.models import CallSettings, Closure, ExtraHours, WeeklyHours
from kneecare.core.admin.model_admin import OneRowAdmin


class HolidaysForm(forms.Form):
    """Tick boxes for the holidays on which the clinic is not closed yet."""

    days = forms.TypedMultipleChoiceField(
        coerce=date.fromisoformat,
        widget=forms.CheckboxSelectMultiple,
        label="Close on these days",
        error_messages={
            "required": "Tick at least one day.",
            "invalid_choice": "One of these days is closed by now, or is no holiday. Look at the list again.",
        },
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        holidays = coming_holidays()
        self.closed = [holiday for holiday in holidays if holiday.is_closed]
        self.is_open = len(self.closed) < len(holidays)
        days: Any = self.fields["days"]
        days.choices = [
            (holiday.day.isoformat(), _words(holiday))
            for holiday in holidays
            if not holiday.is_closed
        ]


def _words(holiday):
    words = f"{clock.day_words(holiday.day)}, {holiday.day.year}: {holiday.name}"
    if not holiday.calls:
        return words
    calls = "1 booked call" if holiday.calls == 1 else f"{holiday.calls} booked calls"
    return f"{words} ({calls}: it stays booked until you move or cancel it)"


class CallSettingsForm(PreviewedForm):
    def row(self):
        row = super().row()
        row.pk = 1  # the only row there may be
        return row

    def clean(self):
        super().clean()
        numbers = ["length_minutes", "buffer_minutes", "horizon_days"]
        if not self.errors.keys() & set(numbers):
            rules = CallSettings(**{name: self.cleaned_data[name] for name in numbers})
            others = {field.name for field in rules._meta.fields} - {*numbers}
            try:
                rules.clean_fields(exclude=others)
            except ValidationError:
                return  # told beside the field
            check_how_many(rules, WeeklyHours.objects.all())


class WeeklyHoursForm(PreviewedForm):
    def clean(self):
        super().clean()
        if not self.errors.keys() & {"starts", "ends"}:
            times = {name: self.cleaned_data[name] for name in ["starts", "ends"]}
            others = WeeklyHours.objects.exclude(pk=self.instance.pk)
            rules = CallSettings.objects.current()
            check_how_many(rules, [*others, WeeklyHours(**times)])


@admin.register(CallSettings)
class CallSettingsAdmin(CallTimesAdmin, OneRowAdmin):
    form = CallSettingsForm
    list_display = ["__str__", "length_minutes", "notice_hours", "horizon_days"]
    readonly_fields = ["consent_version"]
    fieldsets = [
        (
            "The call",
            {"fields": ["length_minutes", "buffer_minutes", "calls_a_day"]},
        ),
        ("When it can be booked", {"fields": ["notice_hours", "horizon_days"]}),
        (
            "Answering",
            {
                "fields": [
                    "confirm_at_once",
                    "undo_seconds",
                    "offer_minutes",
                    "notify_email",
                    "reminder_hours",
                    "texts_on",
                ]
            },
        ),
        (
            "Against floods",
            {"fields": ["stranger_share", "network_calls", "hold_minutes"]},
        ),
        ("Deleting", {"fields": ["message_days", "contact_days", "mail_days"]}),
        ("Consent", {"fields": ["consent_text", "consent_version"]}),
    ]

    def save_model(self, request, obj, form, change):
        obj.pk = 1  # the only row there may be
        if change and "consent_text" in form.changed_data:
            obj.consent_version += 1
        super().save_model(request, obj, form, change)


@admin.register(WeeklyHours)
class WeeklyHoursAdmin(WeekAdmin):
    change_list_template = "bookings/admin/weekly_hours_list.html"
    form = WeeklyHoursForm
    fields = ["clinician", "weekday", "starts", "ends", "note"]
    list_display = ["weekday", "starts", "ends", "clinician", "note"]
    list_filter = ["clinician", "weekday"]
    list_select_related = ["clinician"]
    search_fields = ["note"]


@admin.register(ExtraHours)
class ExtraHoursAdmin(CallTimesAdmin):
    fields = ["clinician", "day", "starts", "ends", "note"]
    list_display = ["day", "starts", "ends", "clinician", "note"]
    list_filter = ["clinician"]
    list_select_related = ["clinician"]
    search_fields = ["note"]
    date_hierarchy = "day"


@admin.register(Closure)
class ClosureAdmin(CallTimesAdmin):
    change_list_template = "bookings/admin/closure_list.html"
    fields = ["clinician", "first_day", "last_day", "starts", "ends", "reason"]
    list_display = ["first_day", "last_day", "starts", "ends", "whose", "reason"]
    list_filter = ["first_day", "clinician"]
    list_select_related = ["clinician"]
    search_fields = ["reason"]
    date_hierarchy = "first_day"

    @admin.display(empty_value="the whole clinic")
    def whose(self, closure):
        return closure.clinician

    def get_urls(self):
        holidays = self.admin_site.admin_view(self.holidays)
        return [
            path("holidays/", holidays, name="bookings_closure_holidays"),
            *super().get_urls(),
        ]

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def holidays(self, request):
        """The coming twelve months' holidays, to be ticked; one POST makes the closures."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = HolidaysForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            return self.close_on(request, form.cleaned_data["days"])
        context = {
            **self.admin_site.each_context(request),
            "title": "US federal holidays",
            "opts": self.opts,
            "form": form,
        }
        status = 422 if form.is_bound else 200
        return render(request, "bookings/admin/holidays.html", context, status=status)

    def close_on(self, request, days):
        with transaction.atomic():
            closures = close(days)
            for closure in closures:
                self.log_addition(request, closure, [{"added": {}}])
        self.renew_times(request)
        words = f"{len(closures)} day{'' if len(closures) == 1 else 's'} closed."
        self.message_user(request, words, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:bookings_closure_changelist"))
