"""The pages with a form to the clinic."""

from datetime import timedelta

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from bookings import services
from bookings.availability.free_times import Offer
from bookings.forms.call import BookingForm
from bookings.forms.enquiry import JoinForm, SayHiForm
from bookings.models import Booking, CallSettings, Slot
from bookings.services.limits import address_key
from bookings.views.responses import answer, came_from
from bookings.views.same_origin import same_origin_post
from kneecare.clinic.models import Clinic, Program
from kneecare.core.http.client_ip import client_ip
from kneecare.core.identifiers import parse_day, parse_id

FURTHEST = timedelta(days=400)


@require_http_methods(["GET", "HEAD", "POST"])
@same_origin_post
def book(request):
    clinic = Clinic.objects.current()
    chosen = _chosen(request)
    first_day, no_such_day = first_day_of(request, clinic.zone, chosen)
    source = came_from(request)
    rules = CallSettings.objects.current()
    offer = Offer(rules, clinic.zone, first_day, via=source)
    form = BookingForm(_posted(request), offer=offer, source=source, chosen=chosen)
    return answer(
        request,
        form,
        lambda: _ask(form, sender_key=_sender_key(request)),
        "bookings/book.html",
        {"clinic": clinic, "offer": offer, "no_such_day": no_such_day},
        status=400 if no_such_day else 200,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@same_origin_post
def contact(request):
    rules = CallSettings.objects.current()
    form = SayHiForm(_posted(request), rules=rules, source=came_from(request))
    return answer(
        request,
        form,
        lambda: _enquire(request, form, Booking.Kind.SAY_HI),
        "bookings/contact.html",
        {},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@same_origin_post
def program(request, slug):
    program = get_object_or_404(Program.objects.published(), slug=slug)
    form = JoinForm(
        _posted(request),
        program=program,
        rules=CallSettings.objects.current(),
        source=came_from(request),
    )
    return answer(
        request,
        form,
        lambda: _enquire(request, form, Booking.Kind.JOIN_PROGRAM, program=program),
        "bookings/program.html",
        {"program": program},
    )


def first_day_of(request, zone, chosen=None):
    """The day to list times from, and whether the address named one that does not exist."""
    text = request.GET.get("from")
    if text is None:
        return chosen and timezone.localdate(chosen.starts_at, zone), False
    day = parse_day(text)
    if day is None:
        return None, True
    today = timezone.localdate(timezone=zone)
    return min(max(day, today), today + FURTHEST), False


def _ask(form, **origin):
    ask = services.ask_call_back if form.wants_call_back else services.book
    return ask(**form.content(), **origin)


def _enquire(request, form, kind, **about):
    origin = {"sender_key": _sender_key(request)}
    return services.enquire(kind, **about, **form.content(), **origin)


def _posted(request):
    return request.POST if request.method == "POST" else None


def _sender_key(request):
    return address_key(client_ip(request))


def _chosen(request):
    """The time that a link in a mail named; nothing when there is no such time to come."""
    pk = parse_id(request.GET.get("time"))
    return Slot.objects.upcoming().filter(pk=pk).first()
