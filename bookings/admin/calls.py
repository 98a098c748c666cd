from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Q

from bookings import clock
from bookings.models import CallSettings, Closure, Slot, WeeklyHours
from bookings.slots import MOST, how_many, make_slots
from bookings.states import HOLDING
from kneecare.core.admin import OneRowAdmin


def _check_how_many(rules, hours):
    count = how_many(rules, hours)
    if count > MOST:
        raise ValidationError(
            f"This would make about {count:,} call times, and {MOST:,} is the most there can be. "
            "Make calls longer, offer them fewer days ahead, or keep shorter hours."
        )


class CallSettingsForm(forms.ModelForm):
    def clean(self):
        super().clean()
        numbers = ["length_minutes", "buffer_minutes", "horizon_days"]
        if not self.errors.keys() & set(numbers):
            rules = CallSettings(**{name: self.cleaned_data[name] for name in numbers})
            _check_how_many(rules, WeeklyHours.objects.all())


class WeeklyHoursForm(forms.ModelForm):
    def clean(self):
        super().clean()
        if not self.errors.keys() & {"starts", "ends"}:
            times = {name: self.cleaned_data[name] for name in ["starts", "ends"]}
            others = WeeklyHours.objects.exclude(pk=self.instance.pk)
            rules = CallSettings.objects.current()
            _check_how_many(rules, [*others, WeeklyHours(**times)])


class CallTimesAdmin(admin.ModelAdmin):
    """For what call times are made from: a change shows on the booking page at once.

    Times are made once the change is stored, since the admin's own transaction would keep visitors waiting.
    """

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        transaction.on_commit(make_slots)

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        transaction.on_commit(make_slots)

    def delete_queryset(self, request, queryset):
        super().delete_queryset(request, queryset)
        transaction.on_commit(make_slots)


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
            {"fields": ["confirm_at_once", "notify_email", "reminder_hours"]},
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
class WeeklyHoursAdmin(CallTimesAdmin):
    form = WeeklyHoursForm
    list_display = ["weekday", "starts", "ends", "clinician", "note"]
    list_filter = ["clinician", "weekday"]
    list_select_related = ["clinician"]
    search_fields = ["note"]


@admin.register(Closure)
class ClosureAdmin(CallTimesAdmin):
    list_display = ["first_day", "last_day", "reason"]
    list_filter = ["first_day"]
    search_fields = ["reason"]
    date_hierarchy = "first_day"


@admin.register(Slot)
class SlotAdmin(admin.ModelAdmin):
    """Call times come from the weekly hours; staff only take single ones out, and put them back."""

    list_display = ["call_time", "clinician", "state", "is_free"]
    list_filter = ["state", "clinician"]
    list_select_related = ["clinician"]
    search_fields = ["clinician__name"]
    date_hierarchy = "starts_at"
    actions = ["block", "open"]
    fields = ["call_time", "clinician", "state"]

    def get_queryset(self, request):
        holders = Count("bookings", filter=Q(bookings__state__in=HOLDING))
        slots = Slot.objects.upcoming().with_zone()
        return slots.annotate(holders=holders)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_block_permission(self, request):
        return request.user.has_perm("bookings.change_slot")

    @admin.display(description="time", ordering="starts_at")
    def call_time(self, slot):
        return clock.moment_words(slot.starts_at, slot.zone)

    @admin.display(boolean=True, description="free")
    def is_free(self, slot):
        return slot.holders == 0

    @admin.action(description="Block: do not offer these times", permissions=["block"])
    def block(self, request, queryset):
        self._move(request, queryset, Slot.State.OPEN, Slot.State.BLOCKED)

    @admin.action(description="Open: offer these times again", permissions=["block"])
    def open(self, request, queryset):
        self._move(request, queryset, Slot.State.BLOCKED, Slot.State.OPEN)
        make_slots()  # takes back what the hours no longer give

    def _move(self, request, queryset, before, after):
        chosen = Slot.objects.filter(pk__in=[slot.pk for slot in queryset])
        count = chosen.filter(state=before).update(state=after)
        self.message_user(
            request,
            f"{count} changed. A call that was already asked for stays as it is.",
            messages.SUCCESS,
        )
