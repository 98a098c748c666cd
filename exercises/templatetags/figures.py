from django import template

from exercises.figures.poses import PoseError
from exercises.figures.render import labels, render_figure, thumbnail

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
