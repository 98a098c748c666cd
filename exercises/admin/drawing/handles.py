"""Where a body can be taken hold of, and which way each joint then turns on paper."""

from math import dist, radians, sin
from typing import NamedTuple

from exercises.admin.drawing.names import MOVES
from exercises.figures.curves import Point
from exercises.figures.poses import RANGES
from exercises.figures.projection import project
from exercises.figures.skeleton import (
    FOREARM,
    HIP_TO_WAIST,
    SIDES,
    WAIST_TO_NECK,
    frames,
)

SHORTEST = 6.0  # cm on paper between a joint and what is taken hold of
IN_PLANE = 0.5  # of what a joint turns in space, how much has to be seen on paper
# The joint, what turns about its origin or a place on its axis, and what is taken hold of: (segment, along).
OF_A_LIMB = {
    "hip": (("thigh", 0), ("shank", 0)),
    "hip_abduction": (("thigh", 0), ("shank", 0)),
    "knee": (("shank", 0), ("foot", 0)),
    "ankle": (("foot", 0), ("toes", 2)),
    "shoulder": (("upper_arm", 0), ("forearm", 0)),
    "shoulder_abduction": (("upper_arm", 0), ("forearm", 0)),
    "elbow": (("forearm", 0), ("forearm", FOREARM + 5)),
}
OF_THE_TRUNK = {
    "trunk": (("pelvis", 0), ("chest", WAIST_TO_NECK - 4)),
    "trunk_side": (("pelvis", HIP_TO_WAIST), ("chest", WAIST_TO_NECK - 4)),
    "neck": (("neck", 0), ("head", 18)),
}


class Handle(NamedTuple):
    joint: str
    pivot: Point
    grip: Point
    turn: int  # 1 where a larger angle turns clockwise on paper, -1 where the other way
    value: int

    @property
    def label(self):
        side, _, joint = self.joint.partition("_")
        if side in SIDES:
            return f"{side} {MOVES[joint]}".capitalize()
        return MOVES[self.joint]

    @property
    def span(self):
        return RANGES[self.joint]


def _places():
    """The far side first, so that the near one lies on top."""
    yield from OF_THE_TRUNK.items()
    for side in SIDES:
        for joint, places in OF_A_LIMB.items():
            yield (
                f"{side}_{joint}",
                tuple((f"{side}_{segment}", along) for segment, along in places),
            )


def handles_of(drawing, pose, body):
    """A handle for each joint that is seen to turn; none for the trunk where the shoulders on the floor settle it."""
    found = []
    for joint, (pivot, grip) in _places():
        if joint == "trunk" and pose.anchor.shoulders:
            continue
        at, end = (_on_paper(body.frames, each, drawing.view) for each in (pivot, grip))
        turn = _turn(joint, body, (pivot, grip), drawing.view)
        if turn and dist(at, end) >= SHORTEST:
            value = round(body.angles.get(joint, 0))
            found.append(Handle(joint, at, end, turn, value))
    return found


def _on_paper(found, place, view):
    segment, along = place
    return project(found[segment].at(along), view)


def _turn(joint, body, places, view):
    """How a joint turns on paper, from its angle and one degree more; 0 where it turns towards the eye."""
    ways, length = [], 0.0
    for more in (0, 1):
        turned = frames(body.angles | {joint: body.angles.get(joint, 0) + more})
        (x, y), (end_x, end_y) = (_on_paper(turned, each, view) for each in places)
        ways.append((end_x - x, end_y - y))
        start, end = (turned[segment].at(along) for segment, along in places)
        length = dist(start, end)
    (x, y), (next_x, next_y) = ways
    across = x * next_y - y * next_x
    if abs(across) < IN_PLANE * sin(radians(1)) * length**2:
        return 0
    return 1 if across > 0 else -1
