"""The calls as a calendar that staff subscribe to. Calendar programs hand it on: it names nobody and says nothing of knees."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe
from icalendar import Calendar

from bookings.mail.ics import calendar_bytes, call_event
from bookings.models import Booking, CalendarFeed
from bookings.states import STANDING_STATES, State
from kneecare.core.admin.urls import admin_url
from kneecare.core.counters import HOUR, count_this_hour
from kneecare.core.http.private import private
from kneecare.core.structured_data import absolute

PAST_SHOWN = timedelta(days=14)
READS_AN_HOUR = (
    60  # calendar programs ask every few minutes at most, from a few devices
)


@require_safe
@private
def calendar(request, key):
    """The calendar file for whom ``key`` was made."""
    feed = CalendarFeed.objects.read_with(key)
    if feed is None:
        return _words("There is no such calendar.", status=404)
    if count_this_hour("bookings.calendar", str(feed.pk)) > READS_AN_HOUR:
        response = _words("Too many requests. Ask again in an hour.", status=429)
        response["Retry-After"] = str(HOUR)
        return response
    now = timezone.now()
    CalendarFeed.objects.filter(pk=feed.pk).update(read_at=now)
    body = file_for(feed, since=now - PAST_SHOWN)
    return HttpResponse(body, content_type="text/calendar; charset=utf-8")


def file_for(feed, *, since) -> bytes:
    """Calls that stand; one that was called off is gone from the file, and so from the calendar."""
    bookings = Booking.objects.filter(
        slot__starts_at__gte=since, state__in=STANDING_STATES
    )
    if feed.clinician_id:
        bookings = bookings.filter(slot__clinician=feed.clinician_id)
    file = Calendar()
    file.add("prodid", f"-//{settings.SITE.hostname}//Calls//EN")
    file.add("version", "2.0")
    file.add("method", "PUBLISH")
    file.add("x-wr-calname", "Discovery Calls")
    for booking in bookings.select_related("slot").order_by("slot__starts_at"):
        file.add_component(_event(booking))
    return calendar_bytes(file)


def _event(booking):
    is_asked = booking.state == State.REQUESTED
    event = call_event(booking, "TENTATIVE" if is_asked else "CONFIRMED")
    event.add("dtstamp", booking.decided_at or booking.created_at)
    event.add("summary", f"Call {_initials(booking.name)}({booking.reference})")
    event.add("url", absolute(admin_url(booking)))
    return event


def _initials(name):
    letters = "".join(f"{word[0]}." for word in name.split()[:2] if word[0].isalpha())
    return f"{letters.upper()} " if letters else ""


def _words(words, *, status):
    return HttpResponse(
        f"{words}\n", status=status, content_type="text/plain; charset=utf-8"
    )
