"""A visitor's own pages: to see a request, move it, cancel it. Opening one changes nothing."""

from dataclasses import dataclass
from functools import wraps

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from bookings import clock, services, tokens
from bookings.availability.free_times import FreeTimes, read_first_day
from bookings.calendar_links import calendar_links
from bookings.exceptions import Busy, ChangedMeanwhile, Refused, SlotTaken
from bookings.forms.call import MoveForm
from bookings.mail.ics import calendar_file
from bookings.meeting import meeting_of
from bookings.models import AppointmentKind, Booking, CallSettings
from bookings.states import State
from bookings.views.changes import changes_since, last_move
from bookings.views.responses import BUSY, INSTEAD, MOVED, receipt
from bookings.waiting.page import waiting_of
from kneecare.clinic.context_processors import clinic_of
from kneecare.core.http.private import private

CHANGED = "This has changed since you opened the page, so we did nothing yet. Here is how it stands. Do you still want to change it? Then press again."
TRY_AGAIN = "Others were in the way at this moment. Nothing was changed. Try again."
TOO_LATE = "This can no longer be changed here."


def own(view):
    """Give the view the booking that the token stands for.

    A token that is forged, altered, expired or for another purpose gets one and the same page, which tells nothing.
    """

    @wraps(view)
    def with_booking(request, token):
        public_id = tokens.read_url_token(token)
        known = Booking.objects.with_call().shown_to_visitor(public_id)
        booking = known.first() if public_id else None
        if not booking:
            return render(request, "bookings/booking_not_found.html", status=404)
        return view(request, booking)

    # change_key proves more than Django's check, and a page without referrer sends no Origin.
    return private(csrf_exempt(with_booking))


@require_http_methods(["GET", "HEAD", "POST"])
@own
def booking(request, booking):
    if request.method != "POST":
        return show(request, booking)
    try:
        check_change_key(request, booking, tokens.CANCEL)
        services.cancel_by_visitor(booking)
    except Refused as refused:
        return show(request, booking, **why_not(request, refused, booking))
    return receipt(booking)


@require_http_methods(["GET", "HEAD", "POST"])
@own
def move(request, booking):
    if not booking.can_be_moved:
        return show(request, booking, refusal=TOO_LATE)
    form = MoveForm(
        request.POST if request.method == "POST" else None,
        free_times=FreeTimes(
            CallSettings.objects.current(),
            booking.zone,
            read_first_day(request.GET.get("from"), booking.zone),
            leaving=booking.slot_id,
        ),
    )
    if not form.is_bound:
        return _show_times(request, booking, form)
    try:
        check_change_key(request, booking, tokens.MOVE)
        if not form.is_valid():
            return _show_times(request, booking, form, status=422)
        services.move(booking, form.cleaned_data["slot"])
    except SlotTaken:
        form.refuse_time()
        return _show_times(request, booking, form, status=409)
    except Busy:
        form.add_error(None, BUSY)
        return _show_times(request, booking, form, status=409)
    except Refused as refused:
        return show(request, booking, **why_not(request, refused, booking))
    return receipt(booking, news=MOVED)


@require_safe
@own
def invite(request, booking):
    if not booking.slot:
        raise Http404
    appointment = AppointmentKind.objects.current()
    content, method = calendar_file(booking, clinic_of(request), appointment)
    kind = f"text/calendar; charset=utf-8; method={method}"
    headers = {"Content-Disposition": 'attachment; filename="invite.ics"'}
    return HttpResponse(content, content_type=kind, headers=headers)


def check_change_key(request, booking, purpose):
    """That the form was made for this request, by a page that showed it as it is."""
    is_ours = tokens.may_change(booking, purpose, request.POST.get("change_key", ""))
    if not is_ours or request.POST.get("version") != str(booking.version):
        raise ChangedMeanwhile


def why_not(request, refused, booking):
    """Why nothing was changed, in words for the visitor. Who was overtaken sees ``booking`` as it is now, and what happened."""
    if isinstance(refused, ChangedMeanwhile):
        booking.refresh_from_db(
            fields=["kind", "state", "version", "slot", "hold_ends_at"]
        )
        changes = changes_since(booking, request.POST.get("version"))
        return {"refusal": CHANGED, "changes": changes}
    if isinstance(refused, Busy):
        return {"refusal": TRY_AGAIN}
    return {"refusal": str(refused) or TOO_LATE}


def show(request, booking, *, refusal="", changes=()):
    moved = last_move(booking)
    is_ours = moved and moved.is_by_staff
    context = {
        "booking": booking,
        **_about_the_call(request, booking),
        "wishes": booking.wishes.all() if booking.is_call_back else [],
        "progress": progress_of(booking),
        "token": tokens.url_token(booking),
        "cancel_key": tokens.change_key(booking, tokens.CANCEL),
        "refusal": refusal,
        "changes": changes,
        "waiting": waiting_of(booking),
        "earlier_key": tokens.change_key(booking, tokens.EARLIER),
        "is_moved": MOVED in request.GET and moved and not is_ours,
        "moved_from": clock.moment_words(moved.time_before, booking.zone)
        if is_ours
        else "",
        "is_instead": INSTEAD in request.GET and booking.is_call_back,
        **clock.both(booking, booking.zone),
    }
    status = 409 if refusal else 200
    return render(request, "bookings/booking.html", context, status=status)


def _about_the_call(request, booking):
    """How the call takes place, and the ways to put it into a calendar."""
    if not booking.is_call:
        return {}
    appointment, clinic = AppointmentKind.objects.current(), clinic_of(request)
    return {
        "meeting": meeting_of(booking, appointment, clinic),
        "calendar_links": calendar_links(booking, appointment, clinic),
    }


def _show_times(request, booking, form, *, status=200):
    context = {
        "booking": booking,
        "form": form,
        "token": tokens.url_token(booking),
        "move_key": tokens.change_key(booking, tokens.MOVE),
        **clock.both(booking, booking.zone),
    }
    return render(request, "bookings/reschedule.html", context, status=status)


CALL = [
    ("You asked for this time", "We hold it for you."),
    ("We confirm by e-mail", "You do not need to do a thing."),
    ("We talk", "You tell us what is going on, and we make a plan with you."),
]
CALL_BACK = [
    ("You asked us to call you back", "We have your request."),
    ("We find a time and get in touch", "You do not need to do a thing."),
    ("We talk", "You tell us what is going on, and we make a plan with you."),
]
ENQUIRY = [
    ("You wrote to us", "We have your words."),
    ("We answer by e-mail", "You do not need to do a thing."),
]
# How many steps are done in the states that lead on; what ended otherwise has no next step.
DONE = {State.REQUESTED: 1, State.CONFIRMED: 2, State.COMPLETED: 3}


@dataclass(frozen=True)
class Step:
    title: str
    text: str
    state: str


def progress_of(booking):
    """The steps of ``booking``, each done, now or next; none for a request that ended early."""
    done = DONE.get(booking.state, 0)
    steps = _steps(booking)
    return [
        Step(title, text if number >= done else "", _state(number, done))
        for number, (title, text) in enumerate(steps if done else [])
    ]


def _steps(booking):
    if booking.is_call:
        return CALL
    return CALL_BACK if booking.is_call_back else ENQUIRY


def _state(number, done):
    if number < done:
        return "done"
    return "now" if number == done else "next"
