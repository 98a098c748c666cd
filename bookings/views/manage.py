"""A visitor's own pages: to see a request, move it, cancel it. Opening one changes nothing."""

from functools import wraps

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from bookings import clock, services, tokens
from bookings.availability.free_times import Offer
from bookings.exceptions import ChangedMeanwhile, Refused, SlotTaken
from bookings.forms.call import MoveForm
from bookings.mail.ics import calendar_file
from bookings.models import Booking, CallSettings
from bookings.views.book import first_day_of
from bookings.views.progress import progress_of
from bookings.views.responses import receipt
from kneecare.clinic.models import Clinic
from kneecare.core.http.private import private

CHANGED = "This request has changed since you opened the page. Nothing was changed now. Here is how it stands."
TOO_LATE = "This can no longer be changed here."


def own(view):
    """Give the view the booking that the token stands for.

    A token that is forged, altered, expired, of an older version or for another purpose gets one and the same
    page, which tells nothing.
    """

    @wraps(view)
    def with_booking(request, token):
        read = tokens.read_address_token(token)
        booking = read and Booking.objects.with_call().shown_to_visitor(*read).first()
        if not booking:
            return render(request, "bookings/booking_not_found.html", status=404)
        return view(request, booking)

    # change_key proves more than Django's check, and a page without referrer sends no Origin.
    return private(csrf_exempt(with_booking))


@require_http_methods(["GET", "HEAD", "POST"])
@own
def booking(request, booking):
    refusal = ""
    if request.method == "POST":
        refusal = _refusal(request, booking, tokens.CANCEL, services.cancel_by_visitor)
        if not refusal:
            return receipt(booking)
    return _show(request, booking, refusal)


@require_http_methods(["GET", "HEAD", "POST"])
@own
def move(request, booking):
    if not booking.can_be_moved:
        return _show(request, booking, TOO_LATE)
    form = MoveForm(
        request.POST if request.method == "POST" else None,
        offer=_offer(request, booking),
    )
    refusal, status = _move(request, booking, form) if form.is_bound else ("", 200)
    if status == 303:
        return receipt(booking)
    if refusal:
        return _show(request, booking, refusal)
    context = {
        "booking": booking,
        "form": form,
        "address": tokens.address_token(booking),
        "move_key": tokens.change_key(booking, tokens.MOVE),
        **clock.both(booking, booking.zone),
    }
    return render(request, "bookings/reschedule.html", context, status=status)


@require_safe
@own
def invite(request, booking):
    if not booking.slot:
        raise Http404
    content, method = calendar_file(booking, Clinic.objects.current())
    kind = f"text/calendar; charset=utf-8; method={method}"
    headers = {"Content-Disposition": 'attachment; filename="invite.ics"'}
    return HttpResponse(content, content_type=kind, headers=headers)


def _show(request, booking, refusal=""):
    context = {
        "booking": booking,
        "wishes": booking.wishes.all() if booking.is_call_back else [],
        "progress": progress_of(booking),
        "address": tokens.address_token(booking),
        "cancel_key": tokens.change_key(booking, tokens.CANCEL),
        "refusal": refusal,
        **clock.both(booking, booking.zone),
    }
    status = 409 if refusal else 200
    return render(request, "bookings/booking.html", context, status=status)


def _offer(request, booking):
    first_day, _ = first_day_of(request, booking.zone)
    rules = CallSettings.objects.current()
    return Offer(rules, booking.zone, first_day, leaving=booking.slot_id)


def _move(request, booking, form):
    """Move for the visitor: why it could not be done or nothing, and the status of the page that follows."""

    def carry_out(booking):
        services.move(booking, form.cleaned_data["slot"])

    if not form.is_valid():
        return "", 422
    try:
        refusal = _refusal(request, booking, tokens.MOVE, carry_out)
    except SlotTaken:
        form.refuse_time()
        return "", 409
    return refusal, 409 if refusal else 303


def _refusal(request, booking, purpose, carry_out):
    """Do what the visitor asked for; why it could not be done, or nothing."""
    try:
        if not tokens.may_change(booking, purpose, request.POST.get("change_key", "")):
            raise ChangedMeanwhile
        carry_out(booking)
    except SlotTaken:
        raise
    except ChangedMeanwhile:
        booking.refresh_from_db(fields=["state", "version", "slot"])
        return CHANGED
    except Refused as refused:
        return str(refused) or TOO_LATE
    return ""
