"""The pages of a handout for one person. Whoever has the URL may read it; there is no account."""

from dataclasses import replace
from functools import wraps
from urllib.parse import urlsplit

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.views.decorators.http import require_safe

from exercises.handouts import rate_limit
from exercises.handouts.changes import old_sheet, sheet_number
from exercises.handouts.retention import DAYS_KEPT
from exercises.models import Handout
from exercises.pain import SCALE
from exercises.pdf.compile import pdf_response
from exercises.pdf.sheet import Sheet, printed_url
from exercises.rendering.content import shown_version
from kneecare.clinic.context_processors import clinic_of
from kneecare.core.counters import HOUR
from kneecare.core.http.private import private


def opened_by_code(view):
    """Give the view the handout that the code opens, with its live version.

    A code that opens none gets one and the same page, whatever it looks like. One whose time is over gets a
    page that says so and holds nothing of it.
    """

    @wraps(view)
    def with_handout(request, code):
        handouts = Handout.objects.with_version().with_sheet(sheet_number(request))
        handout = handouts.filter(code=code).exclude(live_version=None).first()
        if handout is None:
            return _unknown(request)
        if handout.has_ended(today=clinic_of(request).today):
            context = {"days_kept": DAYS_KEPT}
            return render(request, "exercises/handout_ended.html", context, status=410)
        return view(request, handout)

    return private(with_handout)


@require_safe
@opened_by_code
def detail(request, handout):
    return render(request, "exercises/handout.html", _page(request, handout))


@require_safe
@opened_by_code
def play(request, handout):
    context = _page(request, handout) | {"scale": SCALE}
    return render(request, "exercises/handout_play.html", context)


@require_safe
@opened_by_code
def handout_pdf(request, handout):
    """The handout on paper; made for each that asks, as no cache may keep it."""
    version = handout.live_version
    routine = shown_version(version.snapshot(), version)
    ends = date_format(handout.expires_on, "F j, Y")
    about = f"Handout {handout.reference}. Its page works until {ends}."
    sheet = Sheet.of(
        replace(routine, summary=about),
        version,
        clinic_of(request),
        page=handout,
        version=version.number,
        made_on=version.made_on,
        note=routine.note,
        is_private=True,
    )
    return pdf_response(request, sheet, name="your-handout")


@require_safe
@private
def without_slash(request, code):
    """On to the page, by an answer that no cache keeps: Django's own would be kept for good, with the code."""
    query = request.META.get("QUERY_STRING", "")
    path = reverse("handouts:detail", args=[code])
    return HttpResponseRedirect(urlsplit(path)._replace(query=query).geturl())


@require_safe
@private
def lost(request, rest):
    """Whatever else somebody makes of a URL with a code in it; the site's own 404 would search for its words."""
    return _unknown(request)


def _page(request, handout):
    version = handout.live_version
    routine = shown_version(version.snapshot(), version)
    return {
        "handout": handout,
        "diary_label": f"{routine.title}, handout {handout.reference}",
        "sheet_address": printed_url(handout, version.number),
        "version": version,
        "routine": routine,
        "address": handout.get_absolute_url(),
        "pdf_address": reverse("handouts:pdf", args=[handout.code]),
        "play_address": reverse("handouts:play", args=[handout.code]),
        "old_sheet": old_sheet(
            sheet_number(request),
            handout.sheet_data,
            now=routine,
            current=version.number,
        ),
    }


def _unknown(request):
    if rate_limit.too_many_misses(request):
        response = render(
            request, "exercises/handout_too_many_attempts.html", status=429
        )
        response["Retry-After"] = str(HOUR)
        return response
    return render(request, "exercises/handout_not_found.html", status=404)
