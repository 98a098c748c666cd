"""The calendars that clinicians keep elsewhere, which keep call times from being offered."""

from datetime import timedelta

from django import forms
from django.contrib import admin, messages
from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpResponseRedirect
from django.utils import timezone
from django.utils.html import format_html
from django.utils.timesince import timesince

from bookings.availability.slots import make_slots
from bookings.calendars.addresses import https_address
from bookings.models import ExternalCalendar
from kneecare.clinic.models import Clinician

CHECK_NOW = "_check_now"
WEEKS = 4
ADDRESS = "secret_address"
# What a new address changes. The rest is the worker's, who may be writing it in this moment.
OF_AN_ADDRESS = [
    *["sealed_address", "host", "address_given_at", "next_attempt_at", "read_at"],
    *["read_until", "leased_until", "read_for", "etag", "last_modified", "last_error"],
]
ASKED = "{} will be read within a minute. Open this page again to see how it went."
KEEP = "Saved, and not shown again: {}/… Leave this empty to keep it, or give another one to replace it."
HELP = (
    "The private address in iCal format, as the calendar program gives it. Whoever has it can read the whole calendar, "
    "so it is kept like a password. Only the times are read, never what an event is called."
)


class ExternalCalendarForm(forms.ModelForm):
    secret_address = forms.CharField(
        max_length=1000,
        help_text=HELP,
        widget=forms.TextInput(
            attrs={
                "class": "vLargeTextField",
                "autocomplete": "off",
                "spellcheck": "false",
                "placeholder": "https://",
            }
        ),
    )

    class Meta:
        model = ExternalCalendar
        fields = ["clinician", "name"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk and ADDRESS in self.fields:
            self.fields[ADDRESS].required = False
            self.fields[ADDRESS].help_text = KEEP.format(self.instance.host)

    def clean_secret_address(self):
        typed = self.cleaned_data[ADDRESS]
        return https_address(typed) if typed else ""

    def save(self, commit=True):
        if address := self.cleaned_data.get(ADDRESS):
            self.instance.take_address(address)
        return super().save(commit)


@admin.register(ExternalCalendar)
class ExternalCalendarAdmin(admin.ModelAdmin):
    form = ExternalCalendarForm
    change_form_template = "bookings/admin/external_calendar.html"
    list_display = ["clinician", "name", "host", "state", "last_read", "busy_times"]
    list_filter = ["clinician"]
    list_select_related = ["clinician"]
    search_fields = ["clinician__name", "name", "host"]
    actions = ["check_now"]
    further_rights = {"have read at once": "bookings.change_externalcalendar"}

    def get_queryset(self, request):
        now = timezone.now()
        ahead = Q(busy_times__ends_at__gt=now)
        ahead &= Q(busy_times__starts_at__lt=now + timedelta(weeks=WEEKS))
        found = super().get_queryset(request)
        return found.annotate(busy_ahead=Count("busy_times", filter=ahead))

    def get_fieldsets(self, request, obj=None):
        may_type = self.has_change_permission(request, obj) or obj is None
        fields = ["clinician", "name", ADDRESS if may_type else "host"]
        told = ["state", "last_read", "busy_times", "unclear"]
        typed = (None, {"fields": fields})
        return [typed, ("What it says", {"fields": told})] if obj else [typed]

    def get_readonly_fields(self, request, obj=None):
        told = ["state", "last_read", "busy_times", "unclear", "host"]
        return [*told, "clinician"] if obj else told

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "clinician":
            kwargs["queryset"] = Clinician.objects.offered()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @admin.display
    def state(self, calendar):
        if calendar.last_error:
            return format_html(
                '<strong class="booking-badge">Not read</strong> {}. {}',
                calendar.last_error[:1].upper() + calendar.last_error[1:],
                "What it said last still counts; it is tried again."
                if calendar.read_at
                else "It is tried again.",
            )
        if calendar.is_stale:
            return format_html(
                '<strong class="booking-badge">Old</strong> {}',
                "Nobody has read it for long: see that the worker runs.",
            )
        return "Fine" if calendar.read_at else "To be read within a minute"

    @admin.display(ordering="read_at")
    def last_read(self, calendar):
        return f"{timesince(calendar.read_at)} ago" if calendar.read_at else "never yet"

    @admin.display(description=f"busy times in the next {WEEKS} weeks")
    def busy_times(self, calendar):
        return calendar.busy_ahead

    @admin.display(description="events that could not be understood")
    def unclear(self, calendar):
        if not calendar.unclear_events:
            return "none"
        return (
            f"{calendar.unclear_events}: a broken date, which blocks nothing, or a time zone that nobody knows, "
            "which is taken to be the clinic's. Look at the calendar itself."
        )

    def save_model(self, request, obj, form, change):
        if not change:
            super().save_model(request, obj, form, change)
        else:
            is_new = ADDRESS in form.changed_data
            obj.save(update_fields=["name", *(OF_AN_ADDRESS if is_new else [])])

    def response_change(self, request, obj):
        if CHECK_NOW in request.POST:
            self.check_now(request, ExternalCalendar.objects.filter(pk=obj.pk))
            return HttpResponseRedirect(request.path)
        return super().response_change(request, obj)

    @admin.action(permissions=["change"], description="Check now")
    def check_now(self, request, queryset):
        """The worker asks: no page waits for a stranger."""
        count = ExternalCalendar.objects.filter(
            pk__in=queryset.values("pk")
        ).check_now()
        what = "The calendar" if count == 1 else f"{count} calendars"
        if count:
            self.message_user(request, ASKED.format(what), messages.SUCCESS)
        else:
            told = "Nothing to read: the clinician has left."
            self.message_user(request, told, messages.WARNING)

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        transaction.on_commit(make_slots)

    def delete_queryset(self, request, queryset):
        super().delete_queryset(request, queryset)
        transaction.on_commit(make_slots)
