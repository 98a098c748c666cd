"""What the pages of an exercise and of a routine show, for patients, and before them for staff."""

from django.shortcuts import render

from exercises import structured_data
from exercises.models import Exercise
from exercises.reading import shown_routines, versions


def exercise_context(row, exercise, publication):
    easier, harder = versions(row)
    return {
        "exercise": exercise,
        "publication": publication,
        "easier": easier and easier.shown,
        "harder": harder and harder.shown,
        "publications": _articles_about(row),
        "structured_data": structured_data.exercise_plan(exercise, publication),
    }


def routine_context(row, frozen, publication):
    (routine,) = shown_routines([frozen])
    return {
        "routine": routine,
        "publication": publication,
        "publications": _articles_about(row),
        "structured_data": structured_data.routine_plan(routine, publication),
    }


def render_preview(request, row, frozen, publication, *, note):
    """A page that no patient reads: the working copy of ``row``, or a stored version of it."""
    if isinstance(row, Exercise):
        name, context = "detail", exercise_context(row, frozen, publication)
    else:
        name, context = "routine_detail", routine_context(row, frozen, publication)
    context |= {"is_preview": True, "preview_note": note}
    response = render(request, f"exercises/{name}.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


def _articles_about(row):
    return row.article_publications.published().select_related("article")
