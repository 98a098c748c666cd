"""Answering an enquiry by mail, from words of one's own or of a template."""

from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods

from bookings import services
from bookings.admin.booking_actions import check_version, why_not
from bookings.exceptions import Refused
from bookings.forms.desk import ReplyForm
from bookings.models import ReplyTemplate
from kneecare.audit.record import record_opened
from kneecare.core.admin.urls import admin_url
from kneecare.core.identifiers import parse_id

DONE = "Replied."


@admin.register(ReplyTemplate)
class ReplyTemplateAdmin(admin.ModelAdmin):
    list_display = ["title", "text"]
    search_fields = ["title", "text"]
    fields = ["title", "text"]


@method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
def reply(booking_admin, request, pk):
    booking = booking_admin.booking_to_answer(request, pk)
    form = ReplyForm(
        request.POST if request.method == "POST" else None,
        initial={"text": _begun(request)},
    )
    status = 200
    if form.is_bound:
        refusal = _send(request, booking, form) if form.is_valid() else ""
        if form.is_valid() and not refusal:
            booking_admin.log_change(request, booking, DONE)
            messages.success(request, f"{booking}: {DONE}")
            return HttpResponseRedirect(admin_url(booking))
        if refusal:
            form.add_error(None, refusal)
        status = 409 if refusal else 422
    record_opened([booking.reference])
    context = {
        "title": f"Reply to {booking}",
        "form": form,
        "templates": ReplyTemplate.objects.all(),
    }
    return booking_admin.page(request, "reply", booking, context, status=status)


def _begun(request):
    """The words of the template that the URL names."""
    pk = parse_id(request.GET.get("template"))
    template = ReplyTemplate.objects.filter(pk=pk).first() if pk else None
    return template.text if template else ""


def _send(request, booking, form):
    """Why it was not sent; nothing when it was."""
    try:
        check_version(booking, request.POST.get("version"))
        services.reply(booking, form.cleaned_data["text"], by=request.user)
    except Refused as refused:
        return why_not(refused)
    return ""
