"""A call that the front desk books for somebody, as on the phone."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from bookings import services
from bookings.admin.booking_actions import may_decide, why_not
from bookings.availability.free_times import StaffFreeTimes, read_first_day
from bookings.exceptions import Refused, SlotTaken, SubmissionReused
from bookings.forms.desk import NewRequestForm
from bookings.models import AppointmentKind, Booking, CallSettings
from kneecare.clinic.models import Clinic
from kneecare.core.admin.urls import admin_url
from kneecare.core.identifiers import parse_id

EARLIER = "_earlier"
BOOKED = "Booked by staff."


@method_decorator([never_cache, require_http_methods(["GET", "HEAD", "POST"])])
def new_request(booking_admin, request):
    if not may_decide(request.user):
        raise PermissionDenied
    rules, zone = CallSettings.objects.current(), Clinic.objects.current_zone()
    kind, before = AppointmentKind.objects.current(), _before(request)
    # At other days, or at what the person asked before, with what was typed so far.
    looks_on = not {"from", EARLIER}.isdisjoint(request.POST)
    form = NewRequestForm(
        request.POST if request.method == "POST" and not looks_on else None,
        rules=rules,
        zone=zone,
        needs_phone=kind.needs_phone,
        initial=request.POST.dict() if looks_on else _who(before),
    )
    booking, status = _book(request, form)
    if booking:
        booking_admin.log_addition(request, booking, BOOKED)
        return HttpResponseRedirect(admin_url(booking))
    first_day = read_first_day(request.POST.get("from"), zone)
    page = {
        "title": f"New request: {kind.name}",
        "form": form,
        "free_times": StaffFreeTimes(rules, zone, first_day),
        "before": before,
        "earlier": Booking.objects.of_the_same_person(form.who()),
        "looks_earlier": EARLIER in request.POST,
    }
    return booking_admin.page(request, "new_request", before, page, status=status)


def _book(request, form):
    """The booking that the form makes; or None, and the status of the page that says why there is none."""
    if not form.is_bound:
        return None, 200
    if not form.is_valid():
        return None, 422
    try:
        booking = services.submit(form.call_request(request.user))
    except SlotTaken:
        form.refuse_time()
        return None, 409
    except SubmissionReused:
        form.refuse_reuse()
        return None, 422
    except Refused as refused:
        form.add_error(None, why_not(refused))
        return None, 409
    messages.success(request, f"{booking}: booked and confirmed.")
    return booking, 302


def _before(request):
    """The request of somebody who is booked again, where the URL names one."""
    pk = parse_id(request.GET.get("again"))
    return Booking.objects.with_call().filter(pk=pk).first() if pk else None


def _who(booking):
    if booking is None:
        return {}
    return {"name": booking.name, "email": booking.email, "phone": booking.phone}
