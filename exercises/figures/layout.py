"""The sheet that a figure is drawn on: a numbered panel for each pose, side by side, or below each other when they are wide."""

from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from itertools import accumulate, pairwise
from math import dist

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from exercises.figures import furniture, props, svg
from exercises.figures.alt_text import alt
from exercises.figures.contacts import Settled, settle
from exercises.figures.curves import Point, number
from exercises.figures.motion import STEPS, longest_way, movement
from exercises.figures.poses import Drawing
from exercises.figures.projection import is_above, project
from exercises.figures.props import Box

MARGIN = 9.0
GAP = 6.0
BADGE = 12.0  # from the panel's corner to the middle of its number
NARROWEST = 0.52  # width over height of a panel
PIXELS = 4  # a centimetre, in a file
WIDE = 1.15  # width over height from which panels stand below each other


@dataclass
class Panel:
    """One pose: its body, the bodies that lead to it, the arrow that leads away from it."""

    body: Settled
    way: list[Settled] = field(default_factory=list)
    arrow: list[Point] = field(default_factory=list)

    def points(self, drawing: Drawing) -> list[Point]:
        drawn = partial(
            svg.drawn_points,
            view=drawing.view,
            muscles=drawing.muscles,
            worn=drawing.worn,
        )
        return [
            *self.arrow,
            *(point for body in self.way or [self.body] for point in drawn(body)),
        ]


class Sheet:
    """A drawing laid out."""

    def __init__(self, drawing: Drawing, *, arrows: bool):
        self.drawing = drawing
        self.panels = [
            Panel(settle(pose.angles, pose.anchor, drawing.home))
            for pose in drawing.poses
        ]
        bodies = [panel.body for panel in self.panels]
        self.wall = props.wall_place(drawing, bodies)
        self.things = furniture.things(drawing, bodies)
        self._move(arrows)

    def _move(self, arrows):
        """An arrow stands with the pose that it starts from, the bodies in between with the last pose."""
        drawing, panels = self.drawing, self.panels
        on_paper = partial(project, view=drawing.view)
        for panel, (before, after) in zip(
            panels, pairwise(drawing.poses), strict=False
        ):
            panels[-1].way = movement(before, after, drawing.home)
            if arrows:
                panel.arrow = self._clear_of_wall(
                    longest_way(panels[-1].way, on_paper, after.arrow)
                )

    def stand_still(self):
        """Keep the poses and the arrows, and nothing of the way between."""
        for panel in self.panels:
            panel.way = []

    def _clear_of_wall(self, arrow):
        if not self.wall or not arrow:
            return arrow
        face, towards = self.wall
        over = max(0.0, max((x - face) * towards for x, _ in arrow) + 1.5)
        return [(x - over * towards, y) for x, y in arrow]

    @cached_property
    def boxes(self) -> list[Box]:
        """One for each panel: all as wide as the widest needs; as high, too, when they stand side by side."""
        corners = [point for thing in self.things for point in thing.corners]
        points = [panel.points(self.drawing) + corners for panel in self.panels]
        across = [*(x for each in points for x, _ in each), *self._wall_across()]
        left, width = min(across) - MARGIN, max(across) - min(across) + 2 * MARGIN
        tops = [min(y for _, y in each) - MARGIN for each in points]
        if width < WIDE * -min(tops):
            tops = [min(tops)] * len(tops)
            more = max(0.0, NARROWEST * -tops[0] - width)
            left, width = left - more / 2, width + more
        bottom = props.BELOW
        if is_above(self.drawing.view):
            bottom += max(y for each in points for _, y in each)
        boxes = [Box(left, top, width, bottom - top) for top in tops]
        return self._clear_of_numbers(boxes, points)

    def _clear_of_numbers(self, boxes, points):
        """The same boxes, or wider ones, so that no number stands on a body."""
        if not any(
            dist(self.badge(box), point) < BADGE
            for box, each in zip(boxes, points, strict=True)
            for point in each
        ):
            return boxes
        more = 0 if self._is_numbered_on_the_right else BADGE
        return [
            replace(box, left=box.left - more, width=box.width + BADGE) for box in boxes
        ]

    @property
    def _is_numbered_on_the_right(self):
        """Away from a wall on the left."""
        return bool(self.wall and self.wall[1] < 0)

    def badge(self, box: Box) -> Point:
        """The middle of the number of a panel."""
        right = box.width - BADGE if self._is_numbered_on_the_right else BADGE
        return box.left + right, box.top + BADGE

    def _wall_across(self):
        if self.wall:
            face, towards = self.wall
            yield face + towards * props.WALL

    @cached_property
    def places(self) -> list[Point]:
        """Where the corner of each box goes."""
        stacked = self.boxes[0].width >= WIDE * max(-box.top for box in self.boxes)
        steps = [
            (0.0, box.height + GAP) if stacked else (box.width + GAP, 0.0)
            for box in self.boxes
        ]
        return list(
            accumulate(
                steps[:-1],
                lambda at, by: (at[0] + by[0], at[1] + by[1]),
                initial=(0.0, 0.0),
            )
        )

    @property
    def size(self) -> Box:
        x, y = self.places[-1]
        return Box(0, 0, x + self.boxes[-1].width, y + self.boxes[-1].height)

    @property
    def pixels(self) -> tuple[int, int]:
        """Width and height of a file of it: the page gives it as much room before it is there."""
        return round(PIXELS * self.size.width), round(PIXELS * self.size.height)


def sheet(
    drawing: Drawing, title: str, uid: str, *, arrows: bool, moves: bool = True
) -> SafeString:
    laid_out = Sheet(drawing, arrows=arrows)
    if not moves:
        laid_out.stand_still()
    name, words = alt(drawing, title)
    return format_html(
        '<svg class="figure{person}" viewBox="{view}" role="img" aria-labelledby="{uid}-title {uid}-words">'
        '<title id="{uid}-title">{name}</title><desc id="{uid}-words">{words}</desc>{drawn}</svg>',
        person=svg.person(drawing.worn),
        view=laid_out.size.view,
        uid=uid,
        name=name,
        words=words,
        drawn=panels(laid_out, uid),
    )


def panels(laid_out, uid):
    """What a sheet holds: each outline once, and the panels that use them."""
    drawing = laid_out.drawing
    numbered = ((_numbered(laid_out, i, uid),) for i in range(len(drawing.poses)))
    return format_html(
        "{}{}",
        svg.definitions(drawing.view, drawing.muscles, uid, drawing.worn),
        format_html_join("", "{}", numbered),
    )


def _numbered(laid_out, i, uid):
    box, (x, y) = laid_out.boxes[i], laid_out.places[i]
    at, down = laid_out.badge(box)
    return format_html(
        '<g class="figure__pose figure__pose--{n}" transform="translate({x} {y})">'
        '<rect class="figure__panel" x="{left}" y="{top}" width="{width}" height="{height}" rx="7"/>'
        '{content}<circle class="figure__badge" cx="{at}" cy="{down}" r="7"/>'
        '<text class="figure__number" x="{at}" y="{base}" text-anchor="middle" font-size="9">{n}</text></g>',
        n=i + 1,
        content=_content(laid_out, i, uid),
        x=number(x - box.left, 1),
        y=number(y - box.top, 1),
        at=number(at, 1),
        down=number(down, 1),
        base=number(down + 3.2, 1),
        **box.attributes,
    )


def _content(laid_out, i, uid):
    panel, box = laid_out.panels[i], laid_out.boxes[i]
    return format_html(
        "{}{}{}{}",
        props.wall_band(box, *laid_out.wall) if laid_out.wall else "",
        props.with_things(_bodies(laid_out.drawing, panel, box, uid), laid_out.things),
        props.floor_line(box) if props.has_floor_line(laid_out.drawing) else "",
        props.curved_arrow(panel.arrow) if panel.arrow else "",
    )


def _bodies(drawing, panel, box, uid):
    """One body; or, when there is a way to it, the strip of bodies with the last of them in the window."""
    draw = partial(
        svg.figure,
        view=drawing.view,
        muscles=drawing.muscles,
        uid=uid,
        worn=drawing.worn,
    )
    if not panel.way:
        return draw(panel.body)
    strip = (
        (number((i - STEPS) * box.width, 1), draw(body))
        for i, body in enumerate(panel.way)
    )
    return format_html(
        '<svg x="{left}" y="{top}" width="{width}" height="{height}" viewBox="{view}">'
        '<g class="figure__strip">{strip}</g></svg>',
        view=box.view,
        strip=format_html_join("", '<g transform="translate({})">{}</g>', strip),
        **box.attributes,
    )
