"""The calls of one day on a sheet of paper."""

from datetime import timedelta

from django.shortcuts import render
from django.utils import timezone

from bookings import clock
from bookings.models import Booking
from kneecare.audit.record import record_opened
from kneecare.clinic.models import Clinic
from kneecare.core.identifiers import parse_day

YEARS = range(2000, 2100)  # beyond these, nobody means the day that they typed


def day_sheet(request, context):
    """``context``: what every page of the admin is given."""
    zone = Clinic.objects.current().zone
    today = timezone.localdate(timezone=zone)
    day = read_day(request.GET.get("date"), today)
    shown = day or today
    calls = (
        Booking.objects.calls_on(shown, zone).with_call().order_by("slot__starts_at")
    )
    record_opened(booking.reference for booking in calls if booking.message)
    sheet = {
        "title": f"Calls on {clock.day_words(shown)}, {shown.year}",
        "no_such_day": day is None,
        "day": shown,
        "today": today,
        "previous": shown - timedelta(days=1),
        "next": shown + timedelta(days=1),
        "zone": zone,
        "calls": calls,
    }
    status = 400 if day is None else 200
    return render(
        request, "bookings/admin/day_sheet.html", {**context, **sheet}, status=status
    )


def read_day(text, today):
    """The day that a URL names, today when it names none; None when there is no such day."""
    if text is None:
        return today
    day = parse_day(text)
    return day if day and day.year in YEARS else None
