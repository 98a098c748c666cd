from datetime import date, timedelta

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from bookings import clock, services, tokens
from bookings.exceptions import ChangedMeanwhile, Refused
from bookings.forms import BookingForm, JoinForm, SayHiForm
from bookings.models import Booking, CallSettings
from bookings.offer import Offer
from bookings.origin import same_origin_post
from bookings.pages import answer, came_from, private, receipt
from bookings.progress import progress_of
from kneecare.clinic.models import Clinic, Program

FURTHEST = timedelta(days=400)


@require_http_methods(["GET", "HEAD", "POST"])
@same_origin_post
def book(request):
    clinic = Clinic.objects.current()
    first_day, no_such_day = _first_day(request, clinic.zone)
    offer = Offer(CallSettings.objects.current(), clinic.zone, first_day)
    form = BookingForm(_posted(request), offer=offer, source=came_from(request))
    return answer(
        request,
        form,
        lambda: services.book(**form.content()),
        "bookings/book.html",
        {"clinic": clinic, "offer": offer, "no_such_day": no_such_day},
        status=400 if no_such_day else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@same_origin_post
def contact(request):
    form = SayHiForm(_posted(request), source=came_from(request))
    return answer(
        request,
        form,
        lambda: services.enquire(Booking.Kind.SAY_HI, **form.content()),
        "bookings/contact.html",
        {},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@same_origin_post
def program(request, slug):
    program = get_object_or_404(Program.objects.published(), slug=slug)
    form = JoinForm(_posted(request), program=program, source=came_from(request))
    return answer(
        request,
        form,
        lambda: services.enquire(
            Booking.Kind.JOIN_PROGRAM, program=program, **form.content()
        ),
        "bookings/program.html",
        {"program": program},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@private
@csrf_exempt  # change_key proves more, and a page without referrer sends no Origin to check
def booking(request, token):
    booking = get_object_or_404(
        Booking.objects.with_call(), public_id=tokens.public_id(token)
    )
    refusal = ""
    if request.method == "POST":
        refusal = _cancel(booking, request.POST.get("change_key", ""))
        if not refusal:
            return receipt(booking)
    context = {
        "booking": booking,
        "call_time": booking.slot
        and clock.moment_words(booking.slot.starts_at, booking.zone),
        "progress": progress_of(booking),
        "change_key": tokens.change_key(booking),
        "refusal": refusal,
    }
    status = 409 if refusal else 200
    return render(request, "bookings/booking.html", context, status=status)


def _cancel(booking, change_key):
    """Cancel for the visitor; why it could not be done, or nothing."""
    try:
        if not tokens.may_change(booking, change_key):
            raise ChangedMeanwhile
        services.cancel_by_visitor(booking)
    except ChangedMeanwhile:
        booking.refresh_from_db(fields=["state", "version"])
        return "This request has changed since you opened the page. Nothing was cancelled. Here is how it stands now."
    except Refused:
        return "This can no longer be cancelled here."
    return ""


def _posted(request):
    return request.POST if request.method == "POST" else None


def _first_day(request, zone):
    """The day to list times from, and whether the address named one that does not exist."""
    text = request.GET.get("from")
    if text is None:
        return None, False
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None, True
    today = timezone.localdate(timezone=zone)
    return min(max(day, today), today + FURTHEST), False
