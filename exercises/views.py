from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from exercises import structured_data
from exercises.forms import FilterForm
from exercises.models import Exercise, Routine
from kneecare.core.drafts import keep_draft_out_of_caches


@require_safe
def index(request):
    form = FilterForm(request.GET)
    return render(
        request, "exercises/index.html", {"form": form, "exercises": form.exercises()}
    )


@require_safe
def detail(request, slug):
    exercises = (
        Exercise.objects.visible_to(request.user).with_dose().with_links().with_people()
    )
    exercise = get_object_or_404(exercises, slug=slug)
    context = {
        "exercise": exercise,
        "publications": exercise.article_publications.published().select_related(
            "article"
        ),
        "structured_data": structured_data.exercise_plan(exercise),
    }
    response = render(request, "exercises/detail.html", context)
    return keep_draft_out_of_caches(response, exercise)


@require_safe
def routine_index(request):
    routines = Routine.objects.published().with_items()
    return render(request, "exercises/routine_index.html", {"routines": routines})


@require_safe
def routine_detail(request, slug):
    routines = Routine.objects.visible_to(request.user).with_people().with_items()
    routine = get_object_or_404(routines, slug=slug)
    context = {
        "routine": routine,
        "publications": routine.article_publications.published().select_related(
            "article"
        ),
        "structured_data": structured_data.routine_plan(routine, routine.shown_items),
    }
    response = render(request, "exercises/routine_detail.html", context)
    return keep_draft_out_of_caches(response, routine)
