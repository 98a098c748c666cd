"""Drawings on pages: files where everybody may see them, and a part of the page where they are steered or not published."""

from typing import NamedTuple

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from exercises.figures.files import CARD_SIZE, renderer, size
from exercises.figures.poses import PoseError
from exercises.figures.render import (
    describe,
    drawing_of,
    labels,
    render_figure,
    thumbnail,
)
from exercises.models import figure_name
from kneecare.stored.decorators import is_for_all

register = template.Library()
# The second file has more contrast: Chromium does not tell an image that it is asked for.
IMAGE = (
    '<picture><source media="(prefers-contrast: more)" srcset="{}">'
    '<img class="figure" src="{}" alt="{}" width="{}" height="{}" loading="{}" decoding="async"></picture>'
)


class Shown(NamedTuple):
    picture: SafeString
    moving: str  # the URL of the drawing with its way from pose to pose; "" where there is none, or it is there already


@register.simple_tag(takes_context=True)
def figure(context, exercise, uid="", *, steered=False, first=False):
    """The drawing of ``exercise``, or nothing where there is none that can be drawn.

    ``uid`` starts every id in it: give one when the same exercise stands twice on a page. ``steered``: it has to be a part
    of the page. ``first``: it is among what is seen first.
    """
    if steered or not _is_for_all(context):
        drawn = in_page(exercise, uid)
        return Shown(drawn, "") if drawn else None
    try:
        return _as_files(exercise, first) if exercise.figure else None
    except PoseError:
        return None


def in_page(exercise, uid=""):
    """The drawing of ``exercise`` as a part of the page, or nothing where there is none that can be drawn."""
    try:
        return exercise.figure and render_figure(
            exercise.figure, title=exercise.title, uid=uid
        )
    except PoseError:
        return ""


@register.simple_tag(takes_context=True)
def still(context, exercise, *, first=False):
    """The last pose of ``exercise`` for its card, or nothing where there is none that can be drawn."""
    try:
        if not exercise.figure or not _is_for_all(context):
            return thumbnail(exercise.figure) if exercise.figure else ""
        drawing_of(exercise.figure)
        return _image(exercise.figure, "card", "", CARD_SIZE, first)
    except PoseError:
        return ""


def _is_for_all(context):
    """Asked of the context itself: an include that takes values alone has no other of its variables."""
    return is_for_all(getattr(context, "request", None))


def _as_files(exercise, first):
    data = exercise.figure
    words = " ".join(describe(data, title=exercise.title))
    moves = len(drawing_of(data).poses) > 1
    picture = _image(data, "poses", words, size(data), first)
    return Shown(picture, _url(data, "move") if moves else "")


def _image(data, kind, words, measures, first):
    urls = _url(data, f"{kind}-more"), _url(data, kind)
    return format_html(IMAGE, *urls, words, *measures, "eager" if first else "lazy")


def _url(data, kind):
    return reverse("figure", args=[figure_name(data), kind, renderer()])


@register.filter
def pose_labels(exercise):
    """What the numbers in the drawing of ``exercise`` say."""
    try:
        return labels(exercise.figure) if exercise.figure else []
    except PoseError:
        return []


@register.filter
def side_at_work(exercise):
    """The side that works in the drawing of ``exercise``: "left", "right", or "" where both do or nothing is drawn."""
    try:
        return drawing_of(exercise.figure).side_at_work if exercise.figure else ""
    except PoseError:
        return ""


@register.filter
def tints_muscles(exercise):
    """Whether the drawing of ``exercise`` shows the muscles that work."""
    try:
        return bool(exercise.figure and drawing_of(exercise.figure).muscles)
    except PoseError:
        return False
