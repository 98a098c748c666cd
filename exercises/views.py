from django.contrib.admin.views.decorators import staff_member_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from exercises import structured_data
from exercises.library import read_library
from exercises.models import Exercise, Routine
from exercises.publishing import preview_of
from exercises.reading import shown_media, shown_routines, versions

SCALE = range(11)  # pain and effort, from 0 to 10


@require_safe
def index(request):
    """Words may be about a visitor's health: as in the search of the site, no cache and no other page gets them."""
    library = read_library(request.GET)
    response = render(request, "exercises/index.html", {"library": library})
    if library.text:
        add_never_cache_headers(response)
        response["Referrer-Policy"] = "no-referrer"
    return response


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
    context = _exercise(exercise, frozen, publication, is_preview=True)
    return render(request, "exercises/detail.html", {**context, "is_preview": True})


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
        _routine(routine, routine.shown, routine.live),
    )


@require_safe
def play(request, slug):
    """The guided player: the whole routine as a page, which a script leads through."""
    routine = get_object_or_404(Routine.objects.published(), slug=slug)
    context = _routine(routine, routine.shown, routine.live)
    return render(request, "exercises/play.html", {**context, "scale": SCALE})


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


def _exercise(row, exercise, publication, *, is_preview=False):
    easier, harder = versions(row)
    return {
        "exercise": exercise,
        "media": shown_media(exercise, is_preview=is_preview),
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
        "publications": _articles_about(row),
        "structured_data": structured_data.routine_plan(routine, publication),
    }


def _articles_about(row):
    return row.article_publications.published().select_related("article")


def _working_copy(request, queryset, slug):
    if not request.user.has_perm(f"exercises.view_{queryset.model._meta.model_name}"):
        raise PermissionDenied
    return get_object_or_404(queryset.with_people(), slug=slug)
