"""What the pages of an exercise and of a routine show, for patients, and before them for staff."""

from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from exercises.models import Exercise, Routine
from exercises.rendering import structured_data
from exercises.rendering.content import shown_media, shown_version, versions
from kneecare.core.database.json_rows import JSONRows

MOST_ARTICLES = 12  # beside an exercise or a routine
PREVIEW = "Preview. Patients do not see this until you publish it."


def with_routines(exercises):
    """Attach the routines that patients can read and that have each exercise, as ``routine_rows``, in the same query."""
    routines = Routine.objects.published()
    routines = routines.filter(live_version__exercises=OuterRef("pk"))
    rows = JSONRows(routines, slug="slug", title="live_version__title")
    return exercises.annotate(routine_rows=rows)


def _routines_with(exercise):
    """Those that ``with_routines`` attached; a preview names none."""
    rows = getattr(exercise, "routine_rows", [])
    return sorted(rows, key=lambda row: (row["title"], row["slug"]))


def exercise_context(row, exercise, version, *, is_preview=False):
    easier, harder = versions(row)
    return {
        "exercise": exercise,
        "media": shown_media(exercise, is_preview=is_preview),
        "version": version,
        "easier": easier and easier.shown,
        "harder": harder and harder.shown,
        "routines": _routines_with(row),
        "versions": _articles_about(row),
        "structured_data": structured_data.exercise_plan(exercise, version),
    }


def routine_context(row, snapshot, version):
    routine = shown_version(snapshot, version)
    return {
        "routine": routine,
        "version": version,
        "address": row.get_absolute_url(),
        "play_address": reverse("routines:play", args=[row.slug]),
        "old_sheet": None,
        "versions": _articles_about(row),
        "structured_data": structured_data.routine_plan(routine, version),
    }


def render_preview(request, row, version, *, note, edit_url=""):
    """A page that no patient reads: a stored version of ``row``, or one of its draft that is not stored."""
    snapshot = version.snapshot()
    if isinstance(row, Exercise):
        name = "detail"
        context = exercise_context(row, snapshot, version, is_preview=True)
    else:
        name, context = "routine_detail", routine_context(row, snapshot, version)
    context |= {"is_preview": True, "preview_note": note, "edit_url": edit_url}
    response = render(request, f"exercises/{name}.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


def draft(request, queryset, slug):
    """The row of ``queryset`` with that slug, for staff who may see such rows."""
    if not request.user.has_perm(f"exercises.view_{queryset.model._meta.model_name}"):
        raise PermissionDenied
    return get_object_or_404(queryset.with_people(), slug=slug)


def _articles_about(row):
    """The newest that patients can read, by title and summary: their whole text is not read."""
    found = row.article_versions.published().select_related("page")
    return found.defer("data", "source")[:MOST_ARTICLES]
