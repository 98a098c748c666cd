"""Giving a call another time, or a call-back its first one, from a list of free times."""

from django import forms
from django.urls import path
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods

from bookings import services
from bookings.admin.booking_actions import BookingActionsAdmin, check_version, why_not
from bookings.availability.free_times import StaffFreeTimes, read_first_day
from bookings.exceptions import Refused, SlotTaken
from bookings.models import CallSettings, Slot

DONE = "New time set."
GONE = "This time has just gone. Choose another one."


class MoveForm(forms.Form):
    slot = forms.ModelChoiceField(
        # Any time that there is: whether it can still be had is known only when it is taken.
        queryset=Slot.objects.all(),
        error_messages={
            "required": "Choose a time.",
            "invalid_choice": "There is no such time. Choose one of these.",
        },
    )


class RescheduleAdmin(BookingActionsAdmin):
    def get_urls(self):
        view = self.admin_site.admin_view(self.move)
        move = path("<int:pk>/move/", view, name="bookings_booking_move")
        return [move, *super().get_urls()]

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def move(self, request, pk):
        booking = self.booking_to_answer(request, pk)
        form = MoveForm(request.POST if request.method == "POST" else None)
        if not form.is_valid():
            return self.choose_time(
                request, booking, form, status=422 if form.is_bound else 200
            )
        take = services.book_call_back if booking.is_call_back else services.move
        try:
            check_version(booking, request.POST.get("version"))
            take(booking, form.cleaned_data["slot"], by=request.user)
        except SlotTaken:
            form.add_error("slot", GONE)
            return self.choose_time(request, booking, form, status=409)
        except Refused as refused:
            return self.answered(request, booking, why_not(refused))
        self.log_change(request, booking, DONE)
        return self.answered(request, booking, "", DONE)

    def choose_time(self, request, booking, form, *, status):
        first_day = read_first_day(request.GET.get("from"), booking.zone)
        rules = CallSettings.objects.current()
        context = {
            "title": f"Set a time for {booking}",
            "form": form,
            "free_times": StaffFreeTimes(rules, booking.zone, first_day),
            "can_be_moved": booking.is_open and booking.is_about_a_call,
        }
        return self.page(request, "reschedule", booking, context, status=status)
