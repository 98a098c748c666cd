from django.contrib.admin.views.decorators import staff_member_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from exercises.forms import FilterForm
from exercises.models import Exercise, Routine
from exercises.page import exercise_context, render_preview, routine_context
from exercises.publishing import preview_of
from exercises.reading import shown_routines

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


def _working_copy(request, queryset, slug):
    if not request.user.has_perm(f"exercises.view_{queryset.model._meta.model_name}"):
        raise PermissionDenied
    return get_object_or_404(queryset.with_people(), slug=slug)
