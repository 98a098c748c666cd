"""Where a point in space is on paper, and how the outline of a segment lies there.

From the side, the front and the back one looks level. A view from "above" looks down on a floor, and so shows what two legs do
that lie side by side, or that open like a shell.
"""

from math import cos, hypot, radians, sin

from exercises.figures.curves import Point
from exercises.figures.skeleton import (
    ANKLE_HEIGHT,
    ANKLE_TO_BALL,
    HALF_HIPS,
    TOES,
    Frame,
    Vector,
)

DEPTH = (
    0.3  # how far, seen from the side, the far half of the body is moved to the front
)
LOOKS_DOWN = radians(35)
BROAD = 1.75  # how much broader a trunk is than deep
TRUNK = {"pelvis", "chest"}
FEET = {"foot", "toes"}
Matrix = tuple[float, float, float, float, float, float]


def is_above(view: str) -> bool:
    return view.endswith(" above")


def project(vector: Vector, view: str) -> Point:
    """Where a point in space is on paper; y runs down."""
    x, y, z = vector
    if is_above(view):
        across, away = (z, x) if view.startswith("side") else (x, -z)
        return across, -y * cos(LOOKS_DOWN) - away * sin(LOOKS_DOWN)
    far = max(-HALF_HIPS, min(x, HALF_HIPS))
    across = {"side": z + DEPTH * far, "front": x, "back": -x}[view]
    return across, -y


def matrix(frame: Frame, segment: str, view: str) -> Matrix:
    """What takes an outline of ``segment`` from its own frame to paper."""
    x, y = project(frame.origin, view)
    if is_above(view):
        return *_from_above(frame, segment, view), x, y
    along, across = frame.axis, frame.forward
    if view != "side":
        across = _outwards(frame, segment)
        along = _foreshortened(frame) if segment.endswith("_foot") else along
    return *project(along, view), *project(across, view), x, y


def _outwards(frame, segment):
    """To the outer side of a limb; "right_pelvis" is the pelvis, mirrored."""
    sign = -1 if segment.startswith("right_") else 1
    x, y, z = frame.lateral
    return sign * x, sign * y, sign * z


def _foreshortened(foot: Frame) -> Vector:
    """From the front a foot reaches from the ankle down to whatever part of it is lowest."""
    sole = -ANKLE_HEIGHT
    parts = [
        foot.at(-4, sole),
        foot.at(ANKLE_TO_BALL, sole),
        foot.at(ANKLE_TO_BALL + TOES, sole),
    ]
    lowest = min(parts, key=lambda part: part[1])
    x, y, z = (to - start for to, start in zip(lowest, foot.origin, strict=True))
    return x / -sole, y / -sole, z / -sole


def _from_above(frame, segment, view):
    """Seen aslant, a limb stays as thick as it is, and a trunk shows some of its breadth and some of its depth."""
    along_x, along_y = project(frame.axis, view)
    length = hypot(along_x, along_y) or 1.0
    normal_x, normal_y = -along_y / length, along_x / length
    part = segment.removeprefix("left_").removeprefix("right_")
    ahead, aside = frame.forward, _outwards(frame, segment)
    drawn, other = (ahead, aside)
    broader = BROAD if part in TRUNK else 1.0
    if view.startswith("front") and part not in FEET:
        drawn, other, broader = aside, ahead, 1 / broader
    seen, unseen = (
        x * normal_x + y * normal_y
        for x, y in (project(drawn, view), project(other, view))
    )
    width = hypot(seen, broader * unseen) * (-1 if seen < 0 else 1)
    return along_x, along_y, width * normal_x, width * normal_y
