from django import template

from exercises.figures.poses import PoseError
from exercises.figures.render import drawing_of, labels, render_figure, thumbnail

register = template.Library()


@register.simple_tag
def figure(exercise, uid=""):
    """The drawing of ``exercise``, or nothing where there is none that can be drawn.

    ``uid`` starts every id in it: give one when the same exercise stands twice on a page.
    """
    if not exercise.figure:
        return ""
    try:
        return render_figure(exercise.figure, title=exercise.title, uid=uid)
    except PoseError:
        return ""


@register.simple_tag
def still(exercise):
    """The last pose of ``exercise`` for its card, or nothing where there is none that can be drawn."""
    try:
        return thumbnail(exercise.figure) if exercise.figure else ""
    except PoseError:
        return ""


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
