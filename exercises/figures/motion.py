"""The way from one pose to the next: bodies in between, each of them in its place, and the arrow that sums them up."""

from collections.abc import Callable
from itertools import pairwise
from math import asin, cos, degrees, dist, pi
from typing import Protocol

from exercises.figures.contacts import Anchor, Settled, settle
from exercises.figures.curves import Point
from exercises.figures.skeleton import (
    ANKLE_TO_BALL,
    FOREARM,
    SIDES,
    TOES,
    Angles,
    Vector,
)

# How many pictures a movement is shown in; static/css/components/figure.css steps through as many.
STEPS = 16
SHORTEST_ARROW = 3.0  # cm on paper; less than this is no movement worth an arrow
ANKLE_TO_TIP = (
    ANKLE_TO_BALL + TOES
)  # cm: how far the tip of the toes goes up with the ankle
MOST_DORSIFLEXION = 20.0  # degrees: see JOINTS in poses.py
LEGIBLE = 9.0  # cm on paper; a shorter arrow starts further off, and ends where it did


class Posed(Protocol):
    @property
    def angles(self) -> Angles: ...
    @property
    def anchor(self) -> Anchor: ...


# A point beside the body whose way an arrow can show: segment, then how far along, to the front and to the outside.
_ON_LIMBS = {
    "hip": ("thigh", 0, 0, 15),
    "knee": ("shank", 0, 9, 8),
    "heel": ("foot", -13, -4, 0),
    "foot": ("foot", 6, -3, 11),
    "hand": ("forearm", FOREARM + 8, 6, 6),
}
LANDMARKS = {
    "hips": ("pelvis", 9, 13, 0),
    "head": ("head", 10, 15, 0),
    **{
        f"{side} {name}": (f"{side}_{segment}", along, ahead, sign * out)
        for side, sign in SIDES.items()
        for name, (segment, along, ahead, out) in _ON_LIMBS.items()
    },
}
# What an arrow shows unless a pose asks for another: the right side first, which is the near one seen from the side.
USUAL = ("hips", "right heel", "right foot", "right knee", "left foot", "left knee")


def movement(before: Posed, after: Posed, home: str) -> list[Settled]:
    """``STEPS + 1`` bodies from one pose to the next, slow at both ends."""
    start, end = (
        settle(before.angles, before.anchor, home),
        settle(after.angles, after.anchor, home),
    )
    stated = sorted({*before.angles, *after.angles})
    between = []
    for step in range(1, STEPS):
        share = (1 - cos(pi * step / STEPS)) / 2
        angles = {joint: _mix(start, end, joint, share) for joint in stated}
        between.append(_clear_of_floor(angles, after.anchor, home))
    return [start, *between, end]


def _clear_of_floor(angles, anchor, home):
    """A foot that swings past the floor bends up at the ankle, as in walking, and no toes go through it."""
    settled = settle(angles, anchor, home)
    for side in SIDES.keys() - anchor.feet:
        depth = -settled.lowest(f"{side}_foot", f"{side}_toes")
        if depth > 0 and f"{side}_shank" not in anchor.rests:
            ankle = settled.angles.get(f"{side}_ankle", 0.0)
            up = degrees(asin(min(1.0, depth / ANKLE_TO_TIP)))
            angles = angles | {f"{side}_ankle": min(ankle + up, MOST_DORSIFLEXION)}
    return settle(angles, anchor, home)


def _mix(start, end, joint, share):
    before, after = start.angles.get(joint, 0.0), end.angles.get(joint, 0.0)
    return before + share * (after - before)


def way_of(
    landmark: str, bodies: list[Settled], project: Callable[[Vector], Point]
) -> list[Point]:
    """Where a landmark goes, on paper."""
    segment, *beside = LANDMARKS[landmark]
    return [project(settled.frames[segment].at(*beside)) for settled in bodies]


def longest_way(
    bodies: list[Settled], project: Callable[[Vector], Point], landmark: str = ""
) -> list[Point]:
    """The way of what moves most, or of the named landmark; empty when that hardly moves."""
    names = [landmark] if landmark else USUAL
    way = max((way_of(name, bodies, project) for name in names), key=length)
    return _legible(way) if length(way) >= SHORTEST_ARROW else []


def _legible(way):
    longer = max(1.0, LEGIBLE / length(way))
    end_x, end_y = way[-1]
    return [
        (end_x + longer * (x - end_x), end_y + longer * (y - end_y)) for x, y in way
    ]


def length(way: list[Point]) -> float:
    return sum(dist(start, end) for start, end in pairwise(way))
