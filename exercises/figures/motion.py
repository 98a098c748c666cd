"""The way from one pose to the next: bodies in between, each of them in its place, and the arrow that sums them up."""

from collections.abc import Callable
from itertools import pairwise
from math import cos, dist, pi
from typing import Protocol

from exercises.figures.contacts import Anchor, Settled, settle
from exercises.figures.curves import Point
from exercises.figures.skeleton import FOREARM, SIDES, Angles, Vector

# How many pictures a movement is shown in; static/css/components/figure.css steps through as many.
STEPS = 16
SHORTEST_ARROW = 3.0  # cm on paper; less than this is no movement worth an arrow


class Posed(Protocol):
    @property
    def angles(self) -> Angles: ...
    @property
    def anchor(self) -> Anchor: ...


# A point beside the body whose way an arrow can show: segment, then how far along, to the front and to the outside.
_ON_LIMBS = {
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
        between.append(settle(angles, after.anchor, home))
    return [start, *between, end]


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
    return way if length(way) >= SHORTEST_ARROW else []


def length(way: list[Point]) -> float:
    return sum(dist(start, end) for start, end in pairwise(way))
