"""One person's data: found, exported or erased. No e-mail and no phone number ever stands in a URL."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from bookings.admin.export import may_export, note
from bookings.exceptions import Refused
from bookings.forms.fields import OneEmailField, PhoneField
from bookings.models import Booking
from bookings.privacy.personal_data import as_seen, erase, export, requests_of
from kneecare.audit.models import AuditEvent
from kneecare.audit.record import record
from kneecare.core.identifiers import parse_id

CHANGED = "Nothing was erased: what is kept of this person has changed since you looked. Look at it again."


class PersonForm(forms.Form):
    email = OneEmailField(label="E-mail", required=False)
    phone = PhoneField(
        label="Phone",
        required=False,
        error_messages={"invalid": "Give the number with its area code."},
    )

    def clean(self):
        if not (self.errors or any(self.cleaned_data.values())):
            raise forms.ValidationError("Give an e-mail address or a phone number.")

    def requests(self):
        phone = self.cleaned_data["phone"]
        return requests_of(self.cleaned_data["email"], phone)


def may_erase(user):
    return user.has_perm("bookings.delete_booking")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def person(request, context):
    """``context``: what every page of the admin is given."""
    if not (may_export(request.user) and may_erase(request.user)):
        raise PermissionDenied
    form = PersonForm(
        request.POST if request.method == "POST" else None, initial=_of_request(request)
    )
    found = form.requests() if form.is_valid() else Booking.objects.none()
    status = 422 if form.is_bound and not form.is_valid() else 200
    if "export" in request.POST and found.exists():
        return _export(request, found)
    if "erase" in request.POST and form.is_valid():
        if _erase(request, found):
            return HttpResponseRedirect(reverse("admin:bookings_booking_person"))
        status = 409
    shown = found.with_call()
    page = {
        "title": "One person's data",
        "form": form,
        "found": shown,
        "seen": as_seen(shown),
        "changed": _not_found_any_more(request, found),
        "is_sure": bool({"sure", "erase"} & request.POST.keys()),
    }
    return render(
        request, "bookings/admin/personal_data.html", {**context, **page}, status=status
    )


def _of_request(request):
    """Who asked for the request that the URL names: staff come here from its page."""
    pk = parse_id(request.GET.get("request"))
    booking = Booking.objects.filter(pk=pk).first() if pk else None
    return {"email": booking.email, "phone": booking.phone} if booking else {}


def _export(request, found):
    note(request.user, "Exported one person's data.")
    record(AuditEvent.Kind.EXPORTED, subject="One person", details=_references(found))
    response = JsonResponse(export(found), json_dumps_params={"indent": 2})
    name = f"person-{timezone.localdate()}.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _erase(request, found):
    """Whether all that this person of the staff was shown was erased; nothing was, where it is not."""
    references, seen = _references(found), request.POST.getlist("seen")
    try:
        count = erase(found, by=request.user, seen=sorted(seen))
    except Refused:
        messages.error(request, CHANGED)
        return False
    if not count:
        return False
    note(request.user, f"Erased one person's data in {count} requests.")
    record(AuditEvent.Kind.ERASED, subject="One person", details=references)
    messages.success(
        request, f"Erased from {count} request{'' if count == 1 else 's'}."
    )
    return True


def _not_found_any_more(request, found):
    """What this person of the staff was shown of somebody, and what by now has another e-mail and phone."""
    seen = [parse_id(each.partition(":")[0]) for each in request.POST.getlist("seen")]
    shown = Booking.objects.filter(pk__in=[pk for pk in seen if pk])
    return shown.exclude(pk__in=found.values("pk")).exclude(name="")


def _references(found):
    return ", ".join(found.order_by("pk").values_list("reference", flat=True))
