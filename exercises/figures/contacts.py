"""What of a body bears on the floor, and where the body is because of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from typing import NamedTuple

from exercises.figures.curves import hull, sampled
from exercises.figures.outlines import FRONT, SIDE
from exercises.figures.skeleton import LEGS, SIDES, Angles, Frame, frames, pitch

SEAT_HEIGHT = 43.0
STEP_HEIGHT = 10.0
SEGMENTS = frames({}).keys()
TOLERANCE = 0.8  # cm: what flesh gives way
ON_ONE_SIDE = 60  # degrees of lean from which a body lies on its side
HOLLOW = 5.0  # cm: how far a part that lies on the floor may be above it, as a waist or an ankle is


class Anchor(NamedTuple):
    """What stays on the floor, or on the seat."""

    feet: frozenset[str] = frozenset()
    shoulders: bool = False
    seat: bool = False
    rests: tuple[str, ...] = ()  # segments, for who lies or kneels
    stance: str = ""  # and what that is called
    raised: frozenset[str] = frozenset()  # whose foot stands on a step

    def height(self, side: str) -> float:
        """Of what the foot of ``side`` stands on."""
        return STEP_HEIGHT if side in self.raised else 0.0

    @property
    def is_sideways(self) -> bool:
        return self.stance.endswith(" side")


BOTH, LEFT, RIGHT = frozenset(SIDES), frozenset({"left"}), frozenset({"right"})
HALF = "kneeling on one knee"
ON = {"hand": "forearm", "knee": "shank"}


def _lying(on):
    return Anchor(rests=("chest", "pelvis"), stance=f"lying on the {on}")


def _kneeling(*parts):
    on = [each.split() for each in parts]
    rests = tuple(f"{side}_{ON[part]}" for side, part in on)
    return Anchor(rests=rests, stance="on hands and knees")


ANCHORS = {
    "feet": Anchor(BOTH),
    "left foot": Anchor(LEFT),
    "right foot": Anchor(RIGHT),
    "shoulders and feet": Anchor(BOTH, shoulders=True),
    "shoulders and left foot": Anchor(LEFT, shoulders=True),
    "shoulders and right foot": Anchor(RIGHT, shoulders=True),
    "feet, the right on the step": Anchor(BOTH, raised=RIGHT),
    "feet, the left on the step": Anchor(BOTH, raised=LEFT),
    "right foot on the step": Anchor(RIGHT, raised=RIGHT),
    "left foot on the step": Anchor(LEFT, raised=LEFT),
    "seat": Anchor(BOTH, seat=True),
    "seat and left foot": Anchor(LEFT, seat=True),
    "seat and right foot": Anchor(RIGHT, seat=True),
    "back": _lying("back"),
    "front": _lying("front"),
    "left side": _lying("left side"),
    "right side": _lying("right side"),
    "seat on the floor": Anchor(rests=("pelvis",), stance="sitting on the floor"),
    "hands and knees": _kneeling("left hand", "right hand", "left knee", "right knee"),
    "left hand and right knee": _kneeling("left hand", "right knee"),
    "right hand and left knee": _kneeling("right hand", "left knee"),
    "left knee and right foot": Anchor(RIGHT, rests=("left_shank",), stance=HALF),
    "right knee and left foot": Anchor(LEFT, rests=("right_shank",), stance=HALF),
}


@dataclass(frozen=True)
class Settled:
    """A body in its place, with the angles that its contacts asked for."""

    angles: Angles
    frames: dict[str, Frame]

    def lowest(self, *segments: str) -> float:
        return lowest(self.frames, *segments)


def settle(angles: Angles, anchor: Anchor, home: str = "right") -> Settled:
    """Put the body where ``anchor`` touches the floor (y = 0), the ball of the ``home`` foot at x = z = 0."""
    if anchor.shoulders:
        angles = _lying_down(angles, anchor)
    found = frames(angles, anchor.feet)
    home = f"{home}_toes" if anchor.feet or not anchor.rests else "pelvis"
    x, _, z = found[home].origin
    y = lowest(found, *_bearing(anchor)) - (SEAT_HEIGHT if anchor.seat else 0)
    for side in anchor.raised:
        y = min(y, lowest(found, f"{side}_foot", f"{side}_toes") - STEP_HEIGHT)
    if anchor.is_sideways:
        y = min(y, _lowest_across(found))
    placed = {name: _shifted(frame, (x, y, z)) for name, frame in found.items()}
    return Settled(_with_ankles(angles, placed), placed)


def problems(settled: Settled, anchor: Anchor, ranges) -> Iterator[str]:
    """What a body could not do, in words."""
    yield from _afloat(settled, anchor)
    for name in settled.frames:
        depth = -settled.lowest(name)
        if depth > TOLERANCE:
            yield f"the {name.replace('_', ' ')} would be {depth:.0f} cm below the floor"
    for joint, value in settled.angles.items():
        low, high = ranges[joint]
        if not low - 1 <= value <= high + 1:
            yield f"{joint} would have to be {value:.0f}, outside {low} to {high}"


def _afloat(settled, anchor):
    for side in sorted(anchor.feet):
        gap = settled.lowest(f"{side}_foot", f"{side}_toes") - anchor.height(side)
        if gap > TOLERANCE:
            under = "step" if side in anchor.raised else "floor"
            yield f"the {side} foot would be {gap:.0f} cm above the {under}"
    for name in anchor.rests:
        gap = settled.lowest(name)
        if gap > HOLLOW and not anchor.is_sideways:
            yield f"the {name.replace('_', ' ')} would be {gap:.0f} cm above the floor"
    if anchor.is_sideways and abs(settled.angles.get("lean", 0)) < ON_ONE_SIDE:
        yield f"lean would have to be {ON_ONE_SIDE} or more to one side"


def lowest(found: dict[str, Frame], *segments: str) -> float:
    return min(
        frame.origin[1] + along * frame.axis[1] + across * frame.forward[1]
        for frame, segment in ((found[name], name) for name in segments)
        for along, across in _edge(segment.removeprefix("left_").removeprefix("right_"))
    )


def _lowest_across(found):
    """As ``lowest``, of a body that lies on its side: from the front, but for its feet."""
    return min(
        frame.origin[1] + along * frame.axis[1] + across * frame.lateral[1]
        for name, frame in found.items()
        for along, across in _breadth(name.removeprefix("left_").removeprefix("right_"))
    )


@cache
def _breadth(segment):
    return hull(sampled(FRONT[segment])) if segment not in {"foot", "toes"} else []


@cache
def _edge(segment):
    worn = SIDE["hair"] if segment == "head" else []
    return hull(sampled(SIDE[segment]) + sampled(worn))


def _bearing(anchor):
    if anchor.rests:
        return [*SEGMENTS]
    if anchor.seat:
        return ["pelvis", "left_thigh", "right_thigh"]
    feet = [
        f"{side}_{part}"
        for side in sorted(anchor.feet - anchor.raised or anchor.feet)
        for part in ("foot", "toes")
    ]
    return feet if not anchor.shoulders else ["chest"]


def _lying_down(angles, anchor):
    """Shoulders and feet settle how the trunk slopes; head and arms rest unless they are stated."""
    feet = _bearing(anchor._replace(shoulders=False))
    rests = [("trunk", -60, -150, LEGS, feet), ("neck", -45, 60, {"head"}, ["head"])]
    rests += [
        (f"{side}_shoulder", -60, 60, {f"{side}_arm"}, [f"{side}_forearm"])
        for side in SIDES
    ]
    for joint, low, high, limbs, segments in rests:
        if joint not in angles:
            difference = partial(
                _height_above_shoulders, angles, anchor, joint, limbs, segments
            )
            angles = angles | {joint: _root(difference, low, high)}
    return angles


def _height_above_shoulders(angles, anchor, joint, limbs, segments, value):
    """How much higher than the shoulders ``segments`` of ``limbs`` lie, with ``joint`` at ``value``."""
    found = frames(angles | {joint: value}, anchor.feet, limbs)
    return lowest(found, *segments) - lowest(found, "chest")


def _root(difference: Callable[[float], float], low: float, high: float) -> float:
    """Where ``difference`` crosses 0 between two ends, by false position (Illinois); the nearer end when it does not."""
    at_low, at_high = difference(low), difference(high)
    if at_low * at_high > 0:
        return low if abs(at_low) < abs(at_high) else high
    for _ in range(40):
        middle = (low * at_high - high * at_low) / (at_high - at_low)
        at_middle = difference(middle)
        if abs(at_middle) < 1e-4:
            break
        if at_middle * at_high < 0:
            low, at_low = high, at_high
        else:
            at_low /= 2
        high, at_high = middle, at_middle
    return middle


def _shifted(frame, by):
    x, y, z = (at - offset for at, offset in zip(frame.origin, by, strict=True))
    return frame.moved((x, y, z))


def _with_ankles(angles, found):
    """The angles with those that a foot on the floor has asked of its ankle and toes."""
    asked = {}
    for side in SIDES:
        foot, toes = found[f"{side}_foot"], found[f"{side}_toes"]
        neutral = foot._replace(axis=found[f"{side}_shank"].forward)
        asked[f"{side}_ankle"] = (pitch(foot) - pitch(neutral) + 180) % 360 - 180
        asked[f"{side}_toes"] = pitch(toes) - pitch(foot)
    return asked | angles
