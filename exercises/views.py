from django.contrib.admin.views.decorators import staff_member_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import conditional_page, require_safe

from exercises import structured_data
from exercises.changes import old_sheet, sheet_number
from exercises.forms import FilterForm
from exercises.models import Exercise, Routine
from exercises.pain import SCALE
from exercises.paper.response import pdf_response
from exercises.paper.sheet import Letterhead, Review, Sheet, page_of_sheet
from exercises.publishing import next_number, preview_of
from exercises.reading import shown_routines, versions
from kneecare.clinic.context_processors import clinic_of
from kneecare.core.structured_data import absolute


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
        _exercise(exercise, exercise.shown, exercise.live),
    )


@require_safe
@never_cache
@staff_member_required
def preview(request, slug):
    """The working copy of an exercise as it would be published."""
    exercise = _working_copy(request, Exercise.objects.with_dose(), slug)
    frozen, publication = preview_of(exercise)
    context = _exercise(exercise, frozen, publication)
    return render(request, "exercises/detail.html", {**context, "is_preview": True})


@require_safe
def routine_index(request):
    routines = shown_routines([row.shown for row in Routine.objects.published()])
    return render(request, "exercises/routine_index.html", {"routines": routines})


@require_safe
def routine_detail(request, slug):
    number = sheet_number(request)
    routines = Routine.objects.published().with_sheet(number)
    routine = get_object_or_404(routines, slug=slug)
    context = _routine(routine, routine.shown, routine.live)
    context["old_sheet"] = old_sheet(
        number,
        routine.sheet_data,
        now=context["routine"],
        current=routine.live.number,
    )
    return render(request, "exercises/routine_detail.html", context)


@require_safe
def play(request, slug):
    """The guided player: the whole routine as a page, which a script leads through."""
    routine = get_object_or_404(Routine.objects.published(), slug=slug)
    context = _routine(routine, routine.shown, routine.live)
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
    context = _routine(routine, *preview_of(routine))
    return render(
        request, "exercises/routine_detail.html", {**context, "is_preview": True}
    )


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


def _exercise(row, exercise, publication):
    easier, harder = versions(row)
    return {
        "exercise": exercise,
        "publication": publication,
        "easier": easier and easier.shown,
        "harder": harder and harder.shown,
        "publications": _articles_about(row),
        "structured_data": structured_data.exercise_plan(exercise, publication),
    }


def _routine(row, frozen, publication):
    (routine,) = shown_routines([frozen])
    return {
        "routine": routine,
        "publication": publication,
        "address": row.get_absolute_url(),
        "play_address": reverse("routines:play", args=[row.slug]),
        "old_sheet": None,
        "publications": _articles_about(row),
        "structured_data": structured_data.routine_plan(routine, publication),
    }


def _articles_about(row):
    return row.article_publications.published().select_related("article")


def _working_copy(request, queryset, slug):
    if not request.user.has_perm(f"exercises.view_{queryset.model._meta.model_name}"):
        raise PermissionDenied
    return get_object_or_404(queryset.with_people(), slug=slug)
