from django.contrib.admin.views.decorators import staff_member_required
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import conditional_page, require_safe

from exercises.handouts.changes import old_sheet, sheet_number
from exercises.models import Routine, RoutineVersion
from exercises.pain import SCALE
from exercises.pdf.compile import pdf_response
from exercises.pdf.sheet import Sheet
from exercises.rendering.content import shown_routines, shown_version
from exercises.rendering.page import PREVIEW, draft, render_preview, routine_context
from kneecare.clinic.context_processors import clinic_of
from kneecare.core.admin.urls import admin_url
from kneecare.stored.decorators import may_be_stored, page_of

PER_PAGE = 12


@require_safe
@may_be_stored
def index(request):
    page = page_of(request, Routine.objects.published(), PER_PAGE)
    context = {"page": page, "routines": shown_routines([row.shown for row in page])}
    return render(request, "exercises/routine_index.html", context)


@require_safe
@may_be_stored
def detail(request, slug):
    number = sheet_number(request)
    routines = Routine.objects.published().with_sheet(number)
    routine = get_object_or_404(routines, slug=slug)
    context = routine_context(routine, routine.shown, routine.live_version)
    context["old_sheet"] = old_sheet(
        number,
        routine.sheet_data,
        now=context["routine"],
        current=routine.live_version.number,
    )
    return render(request, "exercises/routine_detail.html", context)


@require_safe
@may_be_stored
def play(request, slug):
    """The guided player: the whole routine as a page, which a script leads through."""
    routine = get_object_or_404(Routine.objects.published(), slug=slug)
    context = routine_context(routine, routine.shown, routine.live_version)
    return render(request, "exercises/play.html", {**context, "scale": SCALE})


@require_safe
@cache_control(no_cache=True)  # what is taken down is gone at once
@conditional_page
def handout(request, slug):
    """A routine on paper, as a PDF."""
    routine = get_object_or_404(Routine.objects.published(), slug=slug)
    live = routine.live_version
    made_on = timezone.localdate(live.made_at, clinic_of(request).zone)
    sheet = _sheet(request, routine.shown, live, made_on=made_on)
    return pdf_response(request, sheet, name=slug)


@require_safe
@never_cache
@staff_member_required
def preview(request, slug):
    """The draft of a routine as it would be published."""
    routine = draft(request, Routine.objects.all(), slug)
    version = RoutineVersion.of(routine)
    url = admin_url(routine)
    return render_preview(request, routine, version, note=PREVIEW, edit_url=url)


@require_safe
@never_cache
@staff_member_required
def handout_preview(request, slug):
    """The draft of a routine on paper, marked as one."""
    routine = draft(request, Routine.objects.all(), slug)
    version = RoutineVersion.of(routine)
    version.number = routine.versions.next_number()
    today = clinic_of(request).today
    sheet = _sheet(request, version.snapshot(), version, made_on=today, is_draft=True)
    return pdf_response(request, sheet, name=f"{slug}-draft")


def _sheet(request, snapshot, version, **facts):
    routine = shown_version(snapshot, version)
    return Sheet.of(
        routine,
        version,
        clinic_of(request),
        page=routine,
        version=version.number,
        **facts,
    )
