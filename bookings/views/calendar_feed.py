"""The calls as a calendar that staff subscribe to. Calendar programs hand it on: it names nobody and says nothing of knees."""

from datetime import timedelta

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event

from bookings.models import Booking, CalendarSubscription
from bookings.models.desk import STANDING
from bookings.states import State
from kneecare.core.admin_urls import admin_url
from kneecare.core.counters import HOUR, count_this_hour
from kneecare.core.http.private import private
from kneecare.core.structured_data import absolute

SIGNER = Signer(salt="bookings.calendar", sep=".")
PAST_SHOWN = timedelta(days=14)
READS_AN_HOUR = (
    60  # calendar programs ask every few minutes at most, from a few devices
)


def address_of(subscription) -> str:
    key = SIGNER.sign(subscription.number)
    return absolute(reverse("calendar", args=[key]))


@require_safe
@private
def calendar(request, key):
    """The calendar file for whom ``key`` was made."""
    subscription = _subscription(key)
    if subscription is None:
        return _words("There is no such calendar.", status=404)
    if count_this_hour("bookings.calendar", str(subscription.pk)) > READS_AN_HOUR:
        response = _words("Too many requests. Ask again in an hour.", status=429)
        response["Retry-After"] = str(HOUR)
        return response
    now = timezone.now()
    CalendarSubscription.objects.filter(pk=subscription.pk).update(read_at=now)
    body = file_for(subscription, since=now - PAST_SHOWN)
    return HttpResponse(body, content_type="text/calendar; charset=utf-8")


def file_for(subscription, *, since) -> bytes:
    """Calls that stand; one that was called off is gone from the file, and so from the calendar."""
    bookings = Booking.objects.filter(slot__starts_at__gte=since, state__in=STANDING)
    if subscription.clinician_id:
        bookings = bookings.filter(slot__clinician=subscription.clinician_id)
    file = Calendar()
    file.add("prodid", f"-//{settings.SITE.hostname}//Calls//EN")
    file.add("version", "2.0")
    file.add("method", "PUBLISH")
    file.add("x-wr-calname", "Discovery Calls")
    for booking in bookings.select_related("slot").order_by("slot__starts_at"):
        file.add_component(_event(booking))
    return file.to_ical()


def _event(booking):
    event = Event()
    add = event.add
    add("uid", f"{booking.reference}@{settings.SITE.hostname}")
    add("sequence", booking.version)
    add("dtstamp", booking.decided_at or booking.created_at)
    add("dtstart", booking.slot.starts_at)
    add("dtend", booking.slot.ends_at)
    add("summary", f"Call {_initials(booking.name)}({booking.reference})")
    is_asked = booking.state == State.REQUESTED
    add("status", "TENTATIVE" if is_asked else "CONFIRMED")
    add("class", "PRIVATE")
    add("url", absolute(admin_url(booking)))
    return event


def _initials(name):
    letters = "".join(f"{word[0]}." for word in name.split()[:2] if word[0].isalpha())
    return f"{letters.upper()} " if letters else ""


def _subscription(key):
    """For whom ``key`` was made, while they may see requests; None for a key that is forged or ended."""
    try:
        number = SIGNER.unsign(key)  # in constant time, without asking the database
    except BadSignature:
        return None
    subscriptions = CalendarSubscription.objects.select_related("user")
    subscription = subscriptions.filter(number=number).first()
    if subscription and subscription.user.has_perm("bookings.view_booking"):
        return subscription
    return None


def _words(words, *, status):
    return HttpResponse(
        f"{words}\n", status=status, content_type="text/plain; charset=utf-8"
    )
