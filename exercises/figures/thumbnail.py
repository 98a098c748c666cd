"""A small picture of the last pose, for a card. It is for the eye only: the name of the exercise stands beside it.

It is drawn without ids, so that the same one can stand on a page as often as it likes.
"""

from django.utils.html import format_html
from django.utils.safestring import SafeString

from exercises.figures import props, svg
from exercises.figures.contacts import settle
from exercises.figures.curves import Point
from exercises.figures.poses import Drawing
from exercises.figures.props import Box

MARGIN = 9.0
NARROWEST = 174.0  # cm: whoever stands is cut off above the waist, and so is seen large
RATIO = 1.5  # width over height


def still(drawing: Drawing) -> SafeString:
    pose = drawing.poses[-1]
    body = settle(pose.angles, pose.anchor, drawing.home)
    wall = props.wall_place(drawing, [body])
    chair = props.chair_place(drawing, [body])
    box = frame(svg.drawn_points(body, drawing.view, drawing.muscles))
    return format_html(
        '<svg class="figure" viewBox="{}" aria-hidden="true" focusable="false">{}{}{}{}</svg>',
        box.view,
        props.wall_band(box, *wall) if wall else "",
        props.chair_outline(*chair) if chair else "",
        svg.drawn(body, drawing.view, drawing.muscles),
        props.floor_line(box) if "floor" in drawing.props else "",
    )


def frame(points: list[Point]) -> Box:
    """Three wide and two high, around ``points``; the higher they reach, the nearer the floor is to its lower edge."""
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    width = max(NARROWEST, right - left + 2 * MARGIN)
    height = width / RATIO
    free = height + min(y for _, y in points)
    below = max(props.BELOW, 0.4 * free)
    return Box((left + right - width) / 2, below - height, width, height)
