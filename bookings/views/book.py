"""The pages with a form to the clinic."""

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from bookings.availability.free_times import FreeTimes, read_first_day
from bookings.forms.call import BookingForm
from bookings.forms.enquiry import JoinForm, SayHiForm
from bookings.meeting import outlook
from bookings.models import AppointmentKind, CallSettings, Slot
from bookings.referrers import referrer_of
from bookings.views.responses import form_page, receipt, submit
from bookings.views.same_origin import same_origin_post
from kneecare.clinic.models import Clinic, Clinician, Program
from kneecare.core.identifiers import parse_id


@require_http_methods(["GET", "HEAD", "POST"])
@same_origin_post
def book(request):
    clinic = Clinic.objects.current()
    chosen = _chosen_in_mail(request)
    first_day, no_such_day = _first_day(request, clinic.zone, chosen)
    referrer = referrer_of(request)
    rules, kind = CallSettings.objects.current(), AppointmentKind.objects.current()
    free_times = FreeTimes(rules, clinic.zone, first_day, referrer=referrer)
    form = BookingForm(
        request.POST if request.method == "POST" else None,
        free_times=free_times,
        needs_phone=kind.needs_phone,
        referrer=referrer,
        chosen=chosen,
    )
    status = 400 if no_such_day else 200
    if form.is_bound:
        booking, status = submit(request, form)
        if booking:
            return receipt(booking, form)
    context = {
        "clinic": clinic,
        "appointment": kind,
        "meeting": outlook(kind, clinic),
        "form": form,
        "free_times": free_times,
        "no_such_day": no_such_day,
    }
    return form_page(request, "bookings/book.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@same_origin_post
def contact(request):
    form = SayHiForm(
        request.POST if request.method == "POST" else None,
        rules=CallSettings.objects.current(),
        referrer=referrer_of(request),
    )
    status = 200
    if form.is_bound:
        booking, status = submit(request, form)
        if booking:
            return receipt(booking)
    context = {"form": form, "clinician": Clinician.objects.shown().first()}
    return form_page(request, "bookings/contact.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@same_origin_post
def program(request, slug):
    program = get_object_or_404(Program.objects.published(), slug=slug)
    form = JoinForm(
        request.POST if request.method == "POST" else None,
        program=program,
        rules=CallSettings.objects.current(),
        referrer=referrer_of(request),
    )
    status = 200
    if form.is_bound:
        booking, status = submit(request, form)
        if booking:
            return receipt(booking)
    context = {"program": program, "form": form}
    return form_page(request, "bookings/program.html", context, status=status)


def _chosen_in_mail(request):
    """The time that a link in a mail named; nothing when there is no such time to come."""
    pk = parse_id(request.GET.get("time"))
    return Slot.objects.upcoming().filter(pk=pk).first()


def _first_day(request, zone, chosen):
    """The day to list times from, and whether the URL named one that does not exist."""
    text = request.GET.get("from")
    if text is None:
        return chosen and timezone.localdate(chosen.starts_at, zone), False
    day = read_first_day(text, zone)
    return day, day is None
