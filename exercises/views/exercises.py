from django.contrib.admin.views.decorators import staff_member_required
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from exercises.figures.files import KINDS, drawing_file, renderer
from exercises.figures.poses import PoseError
from exercises.library import read_library, shown
from exercises.models import Exercise, ExerciseVersion, Figure
from exercises.rendering.page import (
    PREVIEW,
    draft,
    exercise_context,
    render_preview,
    with_routines,
)
from kneecare.core.admin.urls import admin_url
from kneecare.stored.decorators import may_be_stored, page_of

PER_PAGE = 24


@require_safe
@may_be_stored
def index(request):
    """Words may be about a visitor's health: as in the search of the site, no cache and no other page gets them."""
    library = read_library(request.GET)
    page = page_of(request, library.found, PER_PAGE)
    context = {"library": library, "page": page, "exercises": shown(page)}
    response = render(request, "exercises/index.html", context)
    if library.text:
        add_never_cache_headers(response)
        response["Referrer-Policy"] = "no-referrer"
    return response


@require_safe
@may_be_stored
def detail(request, slug):
    exercise = get_object_or_404(with_routines(Exercise.objects.published()), slug=slug)
    context = exercise_context(exercise, exercise.shown, exercise.live_version)
    return render(request, "exercises/detail.html", context)


@require_safe
@may_be_stored
def figure(request, name, kind, drawn_by):
    """A drawing of a published page. Whatever release asks for it, this one answers with what it draws itself."""
    if kind not in KINDS:
        raise Http404
    drawing = get_object_or_404(Figure.objects.published(), name=name)
    try:
        drawn = drawing_file(drawing.data, kind)
    except PoseError as error:
        raise Http404 from error
    return drawn.response(is_current=drawn_by == renderer())


@require_safe
@never_cache
@staff_member_required
def preview(request, slug):
    """The draft of an exercise as it would be published."""
    exercise = draft(request, Exercise.objects.all(), slug)
    version = ExerciseVersion.of(exercise)
    url = admin_url(exercise)
    return render_preview(request, exercise, version, note=PREVIEW, edit_url=url)


@require_safe
@may_be_stored
def progress(request):
    """What the device keeps of the routines that were done; the server knows nothing of it."""
    return render(request, "exercises/progress.html")
