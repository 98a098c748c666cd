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

DONE = "Contact details corrected."
UNCHANGED = "Nothing was changed: these are the details that it has."
GOES = "Mail goes to the new address in a moment."
NONE_GOES = "No mail goes to the new address: there was none to send again. Tell them yourself what they have to know."
NO_ADDRESS = "They get no mail any more: there is no address. Call them."


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
            refusal, done = _correct(request, booking, form)
            if not refusal:
                booking_admin.log_change(request, booking, done)
                messages.success(request, f"{booking}: {done}")
                return HttpResponseRedirect(admin_url(booking))
            form.add_error(None, refusal)
            status = 409
    context = {"title": f"Contact details of {booking}", "form": form}
    return booking_admin.page(request, "contact", booking, context, status=status)


def _correct(request, booking, form):
    """Why it was not corrected, or nothing; and what has been done."""
    email, version = booking.email, booking.version
    try:
        check_version(booking, request.POST.get("version"))
        going = services.correct_contact(booking, **form.cleaned_data, by=request.user)
    except Refused as refused:
        return why_not(refused), ""
    if booking.version == version:
        return "", UNCHANGED
    if booking.email == email:
        return "", DONE
    of_mail = NO_ADDRESS if not booking.email else GOES if going else NONE_GOES
    return "", f"{DONE} {of_mail}"
