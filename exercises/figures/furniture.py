"""What stands on the floor around a body, and stays where it is while the body moves."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sin

from exercises.figures.contacts import SEAT_HEIGHT, STEP_HEIGHT, Settled, lowest
from exercises.figures.curves import Point, number
from exercises.figures.projection import LOOKS_DOWN, is_above, project
from exercises.figures.skeleton import SIDES, THIGH
from exercises.figures.svg import drawn_points

LEG = 1.6  # half the width of the strokes of a chair
BACK = 42.0  # height of a chair's back above the seat
RAIL = 90.0  # height of a rail
TABLE = 76.0
REST = 12.5  # from the middle of the hips to what the back leans on
BACK_OF_KNEE = -5.3  # from the middle of the joint
BEHIND = 10.0  # cm on paper of floor beyond a body that is seen from above
THICKEST_ROLL = 8.0  # half of a rolled towel
ROUND = 4.0  # cm: how round the corners of the floor are that is seen from above
WORDS = {
    "chair to hold": "a chair to hold",
    "step": "a low step",
    "rail": "a rail to hold",
    "table": "a table to hold",
    "pillow": "a pillow under the hips",
    "towel roll": "a rolled towel under the right knee",
}


@dataclass(frozen=True)
class Thing:
    """Drawn as ``d`` in the colours of ``kind``, behind the body or in front; ``corners`` are points that the sheet has to hold."""

    kind: str
    d: str
    corners: tuple[Point, ...]
    is_in_front: bool = False


def things(drawing, bodies: Sequence[Settled]) -> list[Thing]:
    """What the drawing names, placed by its bodies, one for each pose."""
    found = [PLACES[prop](drawing, bodies) for prop in drawing.props if prop in PLACES]
    if is_above(drawing.view) and "floor" in drawing.props:
        return [_ground(drawing, bodies), *found]
    return found


def _line(*pieces) -> str:
    """A path of letters and centimetres; y runs down."""
    words = (
        piece if isinstance(piece, str) else number(piece, 1) + " " for piece in pieces
    )
    return "".join(words).rstrip()


def _chair(drawing, bodies):
    """Below the first body that sits, or below the first of all. Who leans back has it at the back."""
    sitting = (
        body
        for body, pose in zip(bodies, drawing.poses, strict=True)
        if pose.anchor.seat
    )
    sitter = next(sitting, bodies[0])
    x, _ = project(sitter.frames["pelvis"].origin, drawing.view)
    leans = sitter.angles.get("trunk", 0) < 0
    back, front = x - (REST if leans else 22), x + (30 if leans else 20)
    if drawing.view != "side":
        back, front = x - 21, x + 21
    seat, top = LEG - SEAT_HEIGHT, -SEAT_HEIGHT - BACK
    legs = ["M", back, 0.0, "V", seat, "H", front, "V", 0.0]
    rail = ["M", back, seat, "L", back - 4, top] if drawing.view == "side" else []
    return Thing("chair", _line(*legs, *rail), ((back - 4, top), (front, 0.0)))


def _step(drawing, bodies):
    """Under the foot that stands on it."""
    side = next(
        (
            side
            for pose in drawing.poses
            for side in SIDES
            if side in pose.anchor.raised
        ),
        drawing.home,
    )
    x, _ = project(bodies[-1].frames[f"{side}_toes"].origin, drawing.view)
    left, right = (x - 22, x + 7) if drawing.view == "side" else (x - 24, x + 24)
    d = _line("M", left, 0.0, "V", -STEP_HEIGHT, "H", right, "V", 0.0, "Z")
    return Thing("step", d, ((left, -STEP_HEIGHT), (right, 0.0)))


def _rail(drawing, bodies):
    """Beside the body, where its far hand reaches it in each pose."""
    hands = [
        project(body.frames["left_forearm"].at(31), drawing.view)[0] for body in bodies
    ]
    left, right, top = min(hands) - 34, max(hands) + 24, -RAIL
    first, last = left + 8, right - 8
    d = _line(
        "M", left, top, "H", right, "M", first, top, "V", 0.0, "M", last, top, "V", 0.0,
        "M", first, top / 2, "H", last,
    )  # fmt: skip
    return Thing("rail", d, ((left, top), (right, 0.0)))


def _chair_to_hold(drawing, bodies):
    """In front of the body, its back under a hand; seen from the front or from behind, on the body's left."""
    x, _ = project(bodies[-1].frames["left_forearm"].at(31), drawing.view)
    top, seat, far = -SEAT_HEIGHT - BACK, LEG - SEAT_HEIGHT, 38
    if drawing.view == "back":
        far = -far
    d = _line("M", x, 0.0, "V", top, "M", x, seat, "H", x + far, "V", 0.0)
    if drawing.view != "side":
        d = _line(
            "M", x, 0.0, "V", top, "H", x + far, "V", 0.0, "M", x, seat, "H", x + far
        )
    return Thing("chair", d, ((x, top), (x + far, 0.0)))


def _table(drawing, bodies):
    """Before somebody who is seen from behind."""
    xs = [project(body.frames["pelvis"].origin, drawing.view)[0] for body in bodies]
    left, right = min(xs) - 42, max(xs) + 42
    legs = ["M", left + 4, 0.0, "V", -TABLE, "M", right - 4, 0.0, "V", -TABLE]
    d = _line("M", left, -TABLE, "H", right, *legs)
    return Thing("rail", d, ((left, -TABLE), (right, 0.0)))


def _pillow(drawing, bodies):
    """Under the hips of somebody who lies on the front."""
    x, _ = project(bodies[0].frames["pelvis"].at(4), drawing.view)
    high = lowest(bodies[0].frames, "pelvis") + 3
    d = _line(
        "M", x - 22, -1.5, "Q", x - 23, -high, x, -high, "Q", x + 23, -high, x + 22, -1.5,
        "Q", x + 20, 0.0, x, 0.0, "Q", x - 20, 0.0, x - 22, -1.5, "Z",
    )  # fmt: skip
    return Thing("soft", d, ((x - 23, -high), (x + 23, 0.0)))


def _roll(drawing, bodies):
    """Under the right knee, as thick as there is room."""
    hollow = bodies[-1].frames["right_thigh"].at(THIGH - 3, BACK_OF_KNEE)
    x, y = project(hollow, drawing.view)
    radius = min(-y / 2, THICKEST_ROLL)
    across = 2 * radius
    arc = ["a", radius, radius, "0 1 0 "]
    d = _line("M", x - radius, -radius, *arc, 2 * radius, 0.0, *arc, -2 * radius, 0.0)
    corners = (x - radius, -across), (x + radius, 0.0)
    return Thing("soft", d + "z", corners, is_in_front=True)


def _ground(drawing, bodies):
    """The floor below somebody who is seen from above."""
    places = [frame.origin for body in bodies for frame in body.frames.values()]
    away, sign = (0, -1) if drawing.view.startswith("side") else (2, 1)
    left, right = _span(
        [x for body in bodies for x, _ in drawn_points(body, drawing.view)], 6
    )
    top, bottom = _span([sign * sin(LOOKS_DOWN) * place[away] for place in places], 9)
    top -= BEHIND
    d = _line(
        "M", left + ROUND, top, "H", right - ROUND, "q", ROUND, 0.0, ROUND, ROUND,
        "V", bottom - ROUND, "q", 0.0, ROUND, -ROUND, ROUND, "H", left + ROUND,
        "q", -ROUND, 0.0, -ROUND, -ROUND, "V", top + ROUND, "q", 0.0, -ROUND, ROUND, -ROUND, "z",
    )  # fmt: skip
    return Thing("ground", d, ((left, top), (right, bottom)))


def _span(values, margin):
    return min(values) - margin, max(values) + margin


PLACES: dict[str, Callable[..., Thing]] = {
    "chair": _chair,
    "chair to hold": _chair_to_hold,
    "step": _step,
    "rail": _rail,
    "table": _table,
    "pillow": _pillow,
    "towel roll": _roll,
}
