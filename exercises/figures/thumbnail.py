"""A small picture of the last pose, for a card. It is for the eye only: the name of the exercise stands beside it.

It is drawn without ids, so that the same one can stand on a page as often as it likes.
"""

from django.utils.html import format_html
from django.utils.safestring import SafeString

from exercises.figures import furniture, props, svg
from exercises.figures.contacts import settle
from exercises.figures.curves import Point
from exercises.figures.poses import Drawing
from exercises.figures.props import Box

MARGIN = 6.0
NARROWEST = 186.0  # cm: who sits or squats is not much larger than who lies
RATIO = 1.25  # width over height: who stands is about as large as who lies


def still(drawing: Drawing) -> SafeString:
    bodies = [settle(pose.angles, pose.anchor, drawing.home) for pose in drawing.poses]
    body = bodies[-1]
    wall = props.wall_place(drawing, [body])
    things = furniture.things(drawing, bodies)
    corners = [point for thing in things for point in thing.corners]
    drawn = svg.drawn_points(body, drawing.view, drawing.muscles, drawing.worn)
    box = frame(drawn + corners)
    return format_html(
        '<svg class="figure{}" viewBox="{}" aria-hidden="true" focusable="false">{}{}{}</svg>',
        svg.person(drawing.worn),
        box.view,
        props.wall_band(box, *wall) if wall else "",
        props.with_things(
            svg.drawn(body, drawing.view, drawing.muscles, drawing.worn), things
        ),
        props.floor_line(box) if props.has_floor_line(drawing) else "",
    )


def frame(points: list[Point]) -> Box:
    """Five wide and four high, around all of ``points``, with what is left of it more above than below."""
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    top, bottom = min(y for _, y in points), max(0.0, *(y for _, y in points))
    high, wide = bottom - top, right - left
    width = max(NARROWEST, wide + 2 * MARGIN, RATIO * (high + MARGIN + props.BELOW))
    height = width / RATIO
    below = max(props.BELOW, 0.4 * (height - high))
    return Box((left + right - width) / 2, bottom + below - height, width, height)
