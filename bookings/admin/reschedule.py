"""Giving a call another time, or a call-back its first one, from a list of free times."""

from django.utils import timezone

from bookings import services
from bookings.admin.forms import DeskOffer, MoveForm
from bookings.exceptions import ChangedMeanwhile, SlotTaken
from bookings.models import CallSettings
from kneecare.core.identifiers import parse_day

DONE = "New time set."
GONE = "This time has just gone. Choose another one."


def move(booking_admin, request, booking):
    form = MoveForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_valid():
        try:
            refusal = _take(booking_admin, request, booking, form.cleaned_data["slot"])
        except SlotTaken:
            form.add_error("slot", GONE)
            status = 409
        else:
            return booking_admin.answered(request, booking, refusal, DONE)
    offer = DeskOffer(
        CallSettings.objects.current(), booking.zone, _first_day(request, booking.zone)
    )
    return booking_admin.page(
        request,
        "reschedule",
        booking,
        status=status,
        title=f"Set a time for {booking}",
        form=form,
        offer=offer,
        can_be_moved=booking.is_open and (booking.is_call or booking.is_call_back),
    )


def _take(booking_admin, request, booking, slot):
    """Why the time could not be given, or nothing. Raises ``SlotTaken``."""
    change = services.book_call_back if booking.is_call_back else services.move

    def give():
        if request.POST.get("version") != str(booking.version):
            raise ChangedMeanwhile
        change(booking, slot, by=request.user)

    return booking_admin.attempt(request, booking, give, DONE)


def _first_day(request, zone):
    today = timezone.localdate(timezone=zone)
    day = parse_day(request.GET.get("from"))
    if day is None:
        return today
    return max(today, min(day, today.replace(year=today.year + 2, day=1)))
