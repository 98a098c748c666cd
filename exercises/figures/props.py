"""What stands around a body on paper: floor, wall, furniture, and the arrow of a movement."""

from dataclasses import asdict, dataclass
from math import atan2, cos, dist, pi, sin

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from exercises.figures.curves import Point, number
from exercises.figures.furniture import Thing
from exercises.figures.projection import is_above
from exercises.figures.svg import drawn_points

BELOW = 7.0  # cm of panel under the floor
WALL = 5.0  # cm of wall that is shown
HEAD = 5.0  # cm: the two strokes of an arrow's head
LINE = 0.6  # half the width of the floor's line, so that nothing stands in it


@dataclass(frozen=True)
class Box:
    """Part of the paper, in its own coordinates; y runs down, the floor is y = 0."""

    left: float
    top: float
    width: float
    height: float

    @property
    def attributes(self) -> dict[str, str]:
        return {name: number(value, 1) for name, value in asdict(self).items()}

    @property
    def view(self) -> str:
        return " ".join(self.attributes.values())


def has_floor_line(drawing) -> bool:
    """Seen from above, a floor is no line."""
    return "floor" in drawing.props and not is_above(drawing.view)


def floor_line(box: Box) -> SafeString:
    start, end = number(box.left + 6, 1), number(box.left + box.width - 6, 1)
    return format_html('<path class="figure__floor" d="M{} {}H{}"/>', start, LINE, end)


def wall_place(drawing, bodies) -> tuple[float, int] | None:
    """``(its face, 1 or -1)`` of a wall that the last body touches, on the right or the left of the paper."""
    kind = next((prop for prop in drawing.props if prop.startswith("wall ")), "")
    if not kind:
        return None
    towards = 1 if kind in {"wall left", "wall front"} else -1
    towards = -towards if drawing.view == "back" else towards
    return max(
        x * towards for x, _ in drawn_points(bodies[-1], drawing.view)
    ) * towards, towards


def wall_band(box: Box, face: float, towards: int) -> SafeString:
    top, left = box.top + 6, min(face, face + towards * WALL)
    return format_html(
        '<rect class="figure__wall" x="{}" y="{}" width="{}" height="{}"/><path class="figure__edge" d="M{} {}V{}"/>',
        *(
            number(value, 1)
            for value in (left, top, WALL, -top, face + towards * LINE, top, 0)
        ),
    )


def with_things(body: SafeString, things: list[Thing]) -> SafeString:
    """``body`` among what stands around it."""
    behind, front = (
        format_html_join(
            "",
            '<path class="figure__{}" d="{}"/>',
            ((each.kind, each.d) for each in things if each.is_in_front is in_front),
        )
        for in_front in (False, True)
    )
    return format_html("{}{}{}", behind, body, front)


def curved_arrow(way: list[Point]) -> SafeString:
    """The way as a curve through its middle, with a head that follows its end."""
    (x, y), (end_x, end_y) = way[0], way[-1]
    middle_x, middle_y = way[len(way) // 2]
    bow_x, bow_y = 2 * middle_x - (x + end_x) / 2, 2 * middle_y - (y + end_y) / 2
    size = min(HEAD, 0.45 * dist(way[0], way[-1]))
    heading = atan2(end_y - bow_y, end_x - bow_x)
    left, right = (
        (end_x - size * cos(heading + turn), end_y - size * sin(heading + turn))
        for turn in (pi / 5, -pi / 5)
    )
    points = [
        number(value, 1)
        for value in (x, y, bow_x, bow_y, end_x, end_y, *left, end_x, end_y, *right)
    ]
    return format_html(
        '<path class="figure__arrow" d="M{} {}Q{} {} {} {}M{} {}L{} {} {} {}"/>',
        *points,
    )
