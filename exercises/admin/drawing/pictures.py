"""The pictures of the editor, drawn by what draws the page: a body that can be taken hold of, and small ones to choose from."""

import json
from functools import lru_cache
from math import ceil, floor

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from exercises.admin.drawing.handles import handles_of
from exercises.figures import furniture, props, svg
from exercises.figures.contacts import settle
from exercises.figures.curves import number
from exercises.figures.outlines import MUSCLES, PEOPLE
from exercises.figures.poses import PROPS, VIEWS, WALLS, base_poses, read
from exercises.figures.projection import is_above
from exercises.figures.props import Box

MARGIN = 9.0
STEP = 30  # cm: the paper grows by as much, so that it keeps its size while a limb is moved
SMALLEST = 120
SEEN_BEST = {"band": "front", "table": "back", "ball": "side above"}
FOR_THE_EYE = SafeString(' aria-hidden="true" focusable="false"')


def bodies_of(drawing):
    return [settle(pose.angles, pose.anchor, drawing.home) for pose in drawing.poses]


def positions(drawing):
    """Each pose on paper of one size, with its handles; and the angles that it stands at, by joint."""
    bodies = bodies_of(drawing)
    box = _paper(drawing, bodies, STEP)
    for pose, body in zip(drawing.poses, bodies, strict=True):
        yield {
            "drawn": _scene(
                drawing, bodies, body, box, handles_of(drawing, pose, body)
            ),
            "angles": {joint: round(value) for joint, value in body.angles.items()},
        }


def picture(figure):
    """The last pose of ``figure``, whole, for the eye only."""
    return _picture(json.dumps(figure, sort_keys=True))


@lru_cache(maxsize=128)
def _picture(stored):
    drawing = read(json.loads(stored), stands=False)
    bodies = bodies_of(drawing)
    return _scene(drawing, bodies, bodies[-1], _paper(drawing, bodies, 1))


def _paper(drawing, bodies, step):
    """What holds all ``bodies`` and what stands around them, in whole steps."""
    points = [
        point
        for body in bodies
        for point in svg.drawn_points(body, drawing.view, drawing.muscles, drawing.worn)
    ]
    things, wall = _around(drawing, bodies)
    points += [corner for thing in things for corner in thing.corners]
    across = [x for x, _ in points]
    across += [wall[0] + wall[1] * props.WALL] if wall else []
    left = step * floor((min(across) - MARGIN) / step)
    right = step * ceil((max(across) + MARGIN) / step)
    top = step * floor((min(y for _, y in points) - MARGIN) / step)
    more = max(0, SMALLEST - (right - left)) / 2
    bottom = max(0, *(y for _, y in points)) + props.BELOW
    bottom = bottom if is_above(drawing.view) else props.BELOW
    return Box(left - more, top, right - left + 2 * more, bottom - top)


def _around(drawing, bodies):
    return furniture.things(drawing, bodies), props.wall_place(drawing, bodies)


def _scene(drawing, bodies, body, box, handles=None):
    things, wall = _around(drawing, bodies)
    return format_html(
        '<svg class="figure{}" viewBox="{}"{}>{}{}{}{}</svg>',
        svg.person(drawing.worn),
        box.view,
        FOR_THE_EYE if handles is None else "",
        props.wall_band(box, *wall) if wall else "",
        props.with_things(
            svg.drawn(body, drawing.view, drawing.muscles, drawing.worn), things
        ),
        props.floor_line(box) if props.has_floor_line(drawing) else "",
        format_html_join("", "{}", ((_handle(each),) for each in handles or [])),
    )


def _handle(handle):
    """What a pointer or the keyboard takes hold of: it is a slider in a picture."""
    (x, y), (pivot_x, pivot_y) = handle.grip, handle.pivot
    return format_html(
        '<g class="pose-handle{}" role="slider" tabindex="0" data-joint="{}" data-turn="{}" data-pivot="{} {}"'
        ' aria-label="{}" aria-valuemin="{}" aria-valuemax="{}" aria-valuenow="{}" aria-valuetext="{} degrees">'
        "<title>{}</title>"
        '<circle class="pose-handle__reach" cx="{}" cy="{}" r="10"/>'
        '<circle class="pose-handle__dot" cx="{}" cy="{}" r="3.2"/></g>',
        " pose-handle--left" if handle.joint.startswith("left_") else "",
        handle.joint,
        handle.turn,
        number(pivot_x, 1),
        number(pivot_y, 1),
        handle.label,
        *handle.span,
        handle.value,
        handle.value,
        handle.label,
        *[number(x, 1), number(y, 1)] * 2,
    )


def _standing(view, **fields):
    pose = base_poses()["Standing"]["poses"][0]
    return {"view": view, "poses": [pose], **fields}


def people():
    return {
        person: picture(_standing("side", props=[], person=person)) for person in PEOPLE
    }


def views():
    return {view: picture(_standing(view, props=[])) for view in VIEWS}


def things():
    """A picture for each thing that a drawing can hold, by its name."""
    used = {
        "floor": "Standing",
        "chair": "Sitting on a chair",
        "pillow": "Lying on the front",
        "towel roll": "Lying on the back, knees bent",
        "ball": "Lying on the back, knees bent",
    }
    pictures = {
        prop: picture(
            base_poses()[used.get(prop, "Standing")]
            | {
                "view": SEEN_BEST.get(prop, "side"),
                "props": list(dict.fromkeys(("floor", prop))),
            }
        )
        for prop in PROPS
    }
    walls = {f"wall {where}": view for view in ("side", "front") for where in WALLS[view]}  # fmt: skip
    return {
        **pictures,
        **{
            wall: picture(_standing(view, props=["floor", wall]))
            for wall, view in walls.items()
        },
    }


def tinted():
    """A picture for each muscle, from where it is seen best."""
    views_of = {
        muscle: next(view for view in ("back", "front", "side") if muscle in MUSCLES[view])
        for muscle in MUSCLES["side"]
    }  # fmt: skip
    return {
        muscle: picture(_standing(view, props=[], muscles=[muscle]))
        for muscle, view in views_of.items()
    }


def shelf():
    return {name: picture(figure) for name, figure in base_poses().items()}
