"""Correcting how somebody is reached."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from bookings import services
from bookings.admin.booking_actions import check_version, why_not
from bookings.exceptions import Refused
from bookings.forms.desk import ContactForm
from bookings.models import AppointmentKind
from kneecare.core.admin.urls import admin_url

DONE = "Contact details corrected. Mail that could not be sent goes to the new address."


@method_decorator([never_cache, require_http_methods(["GET", "HEAD", "POST"])])
def contact(booking_admin, request, pk):
    booking = booking_admin.booking_to_answer(request, pk)
    form = ContactForm(
        request.POST if request.method == "POST" else None,
        initial={"name": booking.name, "email": booking.email, "phone": booking.phone},
        needs_phone=booking.is_open
        and booking.is_call
        and AppointmentKind.objects.current().needs_phone,
    )
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            refusal = _correct(request, booking, form)
            if not refusal:
                booking_admin.log_change(request, booking, "Contact details corrected.")
                messages.success(request, f"{booking}: {DONE}")
                return HttpResponseRedirect(admin_url(booking))
            form.add_error(None, refusal)
            status = 409
    context = {"title": f"Contact details of {booking}", "form": form}
    return booking_admin.page(request, "contact", booking, context, status=status)


def _correct(request, booking, form):
    """Why it was not corrected; nothing when it was."""
    try:
        check_version(booking, request.POST.get("version"))
        services.correct_contact(booking, **form.cleaned_data, by=request.user)
    except Refused as refused:
        return why_not(refused)
    return ""
