from django.contrib.admin.views.decorators import staff_member_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import conditional_page, require_safe

from exercises.forms import FilterForm
from exercises.models import Exercise, Routine
from exercises.page import exercise_context, render_preview, routine_context
from exercises.paper.response import pdf_response
from exercises.paper.sheet import Letterhead, Review, Sheet, page_of_sheet
from exercises.publishing import next_number, preview_of
from exercises.reading import shown_routines
from kneecare.clinic.context_processors import clinic_of
from kneecare.core.structured_data import absolute

SCALE = range(11)  # pain and effort, from 0 to 10
PREVIEW = "Preview. Patients do not see this until you publish it."


@require_safe
def index(request):
    form = FilterForm(request.GET)
    exercises = [exercise.shown for exercise in form.exercises()]
    return render(
        request, "exercises/index.html", {"form": form, "exercises": exercises}
    )


@require_safe
def detail(request, slug):
    exercise = get_object_or_404(Exercise.objects.published(), slug=slug)
    return render(
        request,
        "exercises/detail.html",
        exercise_context(exercise, exercise.shown, exercise.live),
    )


@require_safe
@never_cache
@staff_member_required
def preview(request, slug):
    """The working copy of an exercise as it would be published."""
    exercise = _working_copy(request, Exercise.objects.with_dose(), slug)
    return render_preview(request, exercise, *preview_of(exercise), note=PREVIEW)


@require_safe
def routine_index(request):
    routines = shown_routines([row.shown for row in Routine.objects.published()])
    return render(request, "exercises/routine_index.html", {"routines": routines})


@require_safe
def routine_detail(request, slug):
    routine = get_object_or_404(Routine.objects.published(), slug=slug)
    return render(
        request,
        "exercises/routine_detail.html",
        routine_context(routine, routine.shown, routine.live),
    )


@require_safe
def play(request, slug):
    """The guided player: the whole routine as a page, which a script leads through."""
    routine = get_object_or_404(Routine.objects.published(), slug=slug)
    context = routine_context(routine, routine.shown, routine.live)
    return render(request, "exercises/play.html", {**context, "scale": SCALE})


@require_safe
@cache_control(no_cache=True)  # what is taken down is gone at once
@conditional_page
def handout(request, slug):
    """A routine on paper, as a PDF."""
    routine = get_object_or_404(Routine.objects.published(), slug=slug)
    live = routine.live
    made_on = timezone.localdate(live.made_at, clinic_of(request).zone)
    sheet = _sheet(request, routine.shown, live, version=live.number, made_on=made_on)
    return pdf_response(request, sheet, name=slug)


@require_safe
def progress(request):
    """What the device keeps of the routines that were done; the server knows nothing of it."""
    return render(request, "exercises/progress.html")


@require_safe
@never_cache
@staff_member_required
def routine_preview(request, slug):
    """The working copy of a routine as it would be published."""
    routine = _working_copy(request, Routine.objects.all(), slug)
    return render_preview(request, routine, *preview_of(routine), note=PREVIEW)


@require_safe
@never_cache
@staff_member_required
def handout_preview(request, slug):
    """The working copy of a routine on paper, marked as a draft."""
    routine = _working_copy(request, Routine.objects.all(), slug)
    facts = {"version": next_number(routine), "made_on": clinic_of(request).today}
    sheet = _sheet(request, *preview_of(routine), **facts, is_draft=True)
    return pdf_response(request, sheet, name=f"{slug}-draft")


def _sheet(request, frozen, publication, *, version, **facts):
    (routine,) = shown_routines([frozen])
    return Sheet(
        routine=routine,
        address=page_of_sheet(absolute(routine.get_absolute_url()), version),
        version=version,
        review=Review.of(publication),
        letterhead=Letterhead.of(clinic_of(request)),
        **facts,
    )


def _working_copy(request, queryset, slug):
    if not request.user.has_perm(f"exercises.view_{queryset.model._meta.model_name}"):
        raise PermissionDenied
    return get_object_or_404(queryset.with_people(), slug=slug)
