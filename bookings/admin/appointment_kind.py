from django import forms
from django.contrib import admin, messages

from bookings.models import AppointmentKind, Booking
from kneecare.clinic.models import Clinic
from kneecare.core.admin.model_admin import OneRowAdmin

Mode = AppointmentKind.Mode
NEEDS_PHONE = (
    "Give the clinic a phone number first (under Clinic): visitors are told to call it."
)
NEEDS_PLACE = "Say where it is. The clinic has no address of its own yet."


class AppointmentKindForm(forms.ModelForm):
    def clean(self):
        cleaned = super().clean() or {}
        clinic = Clinic.objects.current()
        mode = cleaned.get("mode")
        if mode == Mode.VISITOR_CALLS and not clinic.phone:
            self.add_error("mode", NEEDS_PHONE)
        if mode == Mode.IN_PERSON and not (
            cleaned.get("place") or clinic.address_lines
        ):
            self.add_error("place", NEEDS_PLACE)
        return cleaned


@admin.register(AppointmentKind)
class AppointmentKindAdmin(OneRowAdmin):
    form = AppointmentKindForm
    list_display = ["name", "mode"]
    fieldsets = [
        (None, {"fields": ["name", "price", "mode"]}),
        ("By video", {"fields": ["video_url"]}),
        ("In person", {"fields": ["place", "map_url", "directions"]}),
    ]

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if change and form.changed_data:
            self.warn_of_booked_calls(request, obj)

    def warn_of_booked_calls(self, request, kind):
        """Whoever booked before was told something else, and no mail says so by itself."""
        booked = Booking.objects.upcoming()
        if count := booked.count():
            calls = "1 booked call" if count == 1 else f"{count} booked calls"
            words = f"{calls} to come now show this. No mail was sent: tell the visitors yourself."
            self.message_user(request, words, messages.WARNING)
        without = booked.filter(phone="").count()
        if kind.needs_phone and without:
            words = f"You call the visitor, and {without} of them gave no phone number: ask for it by e-mail."
            self.message_user(request, words, messages.WARNING)
