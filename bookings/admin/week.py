"""A clinician's weekly hours on one page: seen first, then stored together."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import path
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods

from bookings.admin.availability_preview import PREVIEW, CallTimesAdmin
from bookings.availability.idle import idle_hours
from bookings.availability.preview import preview
from bookings.availability.slots import check_how_many
from bookings.forms.week import WeekForm, as_monday
from bookings.models import CallSettings, ExternalCalendar, WeeklyHours
from kneecare.clinic.models import Clinician
from kneecare.core.identifiers import parse_id
from kneecare.core.seen import SEEN

COPY = "_copy"


class WeekAdmin(CallTimesAdmin):
    def get_urls(self):
        week = self.admin_site.admin_view(self.week)
        return [
            path("week/", week, name="bookings_weeklyhours_week"),
            *super().get_urls(),
        ]

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def week(self, request):
        if not self.has_change_permission(request):
            raise PermissionDenied
        clinicians = Clinician.objects.shown()
        chosen = _chosen(request, clinicians)
        form, seen, status = None, None, 200
        if chosen:
            form, seen, status = self._answer(request, chosen)
            if form is None:
                return HttpResponseRedirect(f"{request.path}?clinician={chosen.pk}")
        context = {
            **self.admin_site.each_context(request),
            "title": f"The week of {chosen}" if chosen else "Weekly hours",
            "opts": self.opts,
            "clinicians": clinicians,
            "chosen": chosen,
            "form": form,
            "preview": seen,
            "gone_notes": noted(form.gone()) if form and seen else [],
            "calendars": ExternalCalendar.objects.filter(clinician=chosen),
            "stale": ExternalCalendar.objects.stale().filter(clinician=chosen),
        }
        return render(request, "bookings/admin/week.html", context, status=status)

    def _answer(self, request, clinician):
        """The form to show, what it would change, and the status; no form once it was stored."""
        if request.method != "POST":
            return WeekForm(clinician=clinician), None, 200
        if COPY in request.POST:
            typed = as_monday(request.POST.dict())
            seen = request.POST.get(SEEN, "")
            form = WeekForm(clinician=clinician, initial=typed, seen=seen)
            return form, None, 200
        form = WeekForm(request.POST, clinician=clinician)
        if not (form.is_valid() and _is_not_too_much(form)):
            return form, None, 422
        if PREVIEW in request.POST:
            return form, preview(form.save), 200
        gone = self._store(request, form)
        if gone is None:
            return form, None, 409
        self.renew_times(request)
        self.message_user(
            request, f"The week of {clinician} is saved.", messages.SUCCESS
        )
        if words := noted(gone):
            told = f"These hours are gone with their note: {'; '.join(words)}."
            self.message_user(request, told, messages.WARNING)
        return None, None, 302

    @transaction.atomic
    def _store(self, request, form):
        """The hours that ended with it; None, and nothing is stored, where somebody else saved the week meanwhile."""
        # While one saves a week, nobody else does.
        list(Clinician.objects.select_for_update().filter(pk=form.clinician.pk))
        if form.refuse_unseen():
            return None
        gone, idle = form.gone(), idle_hours()
        self.log_gone(request, gone)
        form.save()
        self.warn_of_idle_hours(request, idle)
        self.log_week(request, form.clinician)
        return gone

    def log_gone(self, request, gone):
        if gone:
            rows = WeeklyHours.objects.filter(pk__in=[row.pk for row in gone])
            self.log_deletions(request, rows)

    def log_week(self, request, clinician):
        for row in WeeklyHours.objects.filter(clinician=clinician)[:1]:
            self.log_change(request, row, f"The week of {clinician}.")


def noted(hours):
    """Those of ``hours`` that carry a note, with it."""
    return [f"{row} “{row.note}”" for row in hours if row.note]


def _chosen(request, clinicians):
    pk = parse_id(request.GET.get("clinician"))
    return clinicians.filter(pk=pk).first() if pk else clinicians.first()


def _is_not_too_much(form):
    others = WeeklyHours.objects.exclude(clinician=form.clinician)
    try:
        check_how_many(CallSettings.objects.current(), [*others, *form.rows()])
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True
