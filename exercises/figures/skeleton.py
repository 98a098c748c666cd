"""Where every segment of a body is, given the angles of its joints.

Space is in centimetres: x to the body's left, y up, z to its front. Angles are in degrees, with the signs that a physical
therapist writes down: flexion, abduction and dorsiflexion are positive; extension, adduction and plantarflexion negative.

=====================  ==========================================================================================
``lean``               of the whole body to its left, legs and all: 90 lies on the left side, -90 on the right
``trunk``              lean from upright, forward positive: 0 stands, 90 lies face down, -90 lies on the back
``trunk_side``         lean of the trunk to the body's left
``pelvis``             tilt of the pelvis in the frontal plane: left side up is positive, 0 is level
``neck``               flexion: chin to chest
``hip``, ``knee``      flexion
``hip_abduction``      away from the midline
``hip_rotation``       of the thigh about its own axis, outwards
``ankle``              dorsiflexion
``toes``               extension
``shoulder``           flexion: arm forward and up
``shoulder_abduction`` away from the trunk
``elbow``              flexion
=====================  ==========================================================================================

From ``neck`` down, every limb has its own: ``left_hip``, ``right_hip``. Everything is 0 in quiet standing.
"""

from math import atan2, cos, degrees, radians, sin
from typing import NamedTuple

# A plausible adult, in centimetres. Lengths are shares of standing height (Drillis and Contini 1966, as tabulated by Winter,
# "Biomechanics and Motor Control of Human Movement").
HEIGHT = 170.0
THIGH = 0.245 * HEIGHT
SHANK = 0.246 * HEIGHT
ANKLE_HEIGHT = 0.039 * HEIGHT
UPPER_ARM = 0.186 * HEIGHT
FOREARM = 0.146 * HEIGHT
FOOT = 0.152 * HEIGHT
HIP_TO_WAIST = 0.1 * HEIGHT
WAIST_TO_SHOULDER = 0.164 * HEIGHT
WAIST_TO_NECK = 0.2 * HEIGHT
NECK = 0.054 * HEIGHT
HEAD = 0.13 * HEIGHT

HALF_HIPS = 0.051 * HEIGHT
HALF_SHOULDERS = 0.098 * HEIGHT
HEEL_BEHIND_ANKLE = 0.036 * HEIGHT
ANKLE_TO_BALL = 0.078 * HEIGHT
BALL_HEIGHT = 2.2
TOES = FOOT - HEEL_BEHIND_ANKLE - ANKLE_TO_BALL

SIDES = {"left": 1, "right": -1}
LEGS = frozenset(f"{side}_leg" for side in SIDES)
ALL_LIMBS = LEGS | {"head", *(f"{side}_arm" for side in SIDES)}
UP = (0.0, 1.0, 0.0)

Vector = tuple[float, float, float]
Angles = dict[str, float]


def plus(start: Vector, *steps: tuple[float, Vector]) -> Vector:
    """``start`` moved by each ``(distance, direction)``."""
    x, y, z = start
    for distance, (dx, dy, dz) in steps:
        x, y, z = x + distance * dx, y + distance * dy, z + distance * dz
    return x, y, z


def _turned(first: Vector, second: Vector, degrees: float) -> tuple[Vector, Vector]:
    """Two directions at right angles, both turned from the first towards the second."""
    ahead, aside = cos(radians(degrees)), sin(radians(degrees))
    origin = (0.0, 0.0, 0.0)
    return (
        plus(origin, (ahead, first), (aside, second)),
        plus(origin, (ahead, second), (-aside, first)),
    )


class Frame(NamedTuple):
    """A segment in space: where it starts, and three directions at right angles."""

    origin: Vector
    axis: Vector
    forward: Vector
    lateral: Vector

    def at(self, along: float, forward: float = 0, lateral: float = 0) -> Vector:
        steps = (along, self.axis), (forward, self.forward), (lateral, self.lateral)
        return plus(self.origin, *steps)

    def moved(self, origin: Vector) -> "Frame":
        return Frame(origin, self.axis, self.forward, self.lateral)

    def bent(self, degrees: float) -> "Frame":
        """Turned about its lateral axis, the far end to the front."""
        if not degrees:
            return self
        axis, forward = _turned(self.axis, self.forward, degrees)
        return Frame(self.origin, axis, forward, self.lateral)

    def spread(self, degrees: float) -> "Frame":
        """Turned about its forward axis, the far end to the body's left."""
        if not degrees:
            return self
        axis, lateral = _turned(self.axis, self.lateral, degrees)
        return Frame(self.origin, axis, self.forward, lateral)

    def rolled(self, degrees: float) -> "Frame":
        """Turned about its own axis, its front to the body's left."""
        if not degrees:
            return self
        forward, lateral = _turned(self.forward, self.lateral, degrees)
        return Frame(self.origin, self.axis, forward, lateral)

    def hanging(self, origin: Vector) -> "Frame":
        """The start of a limb: down, where this frame is up."""
        x, y, z = self.axis
        return Frame(origin, (-x, -y, -z), self.forward, self.lateral)


def frames(
    angles: Angles,
    grounded: frozenset[str] = frozenset(),
    limbs: frozenset[str] = ALL_LIMBS,
) -> dict[str, Frame]:
    """Every segment by name, the middle of the hips at the origin; of ``limbs``, those that are asked for.

    ``grounded`` names the sides ("left") whose foot bears on the floor. Such a foot does not roll to its edge; where its ankle
    is not stated it lies flat, and its toes lie flat when its heel is up.
    """
    upright = Frame((0.0, 0.0, 0.0), UP, (0.0, 0.0, 1.0), (1.0, 0.0, 0.0))
    lying = upright.spread(angles.get("lean", 0)).bent(angles.get("trunk", 0))
    pelvis = lying.spread(-angles.get("pelvis", 0))
    chest = lying.spread(angles.get("trunk_side", 0)).moved(pelvis.at(HIP_TO_WAIST))
    found = {"pelvis": pelvis, "chest": chest}
    if "head" in limbs:
        found |= _head(chest, angles.get("neck", 0))
    for side in SIDES:
        if f"{side}_arm" in limbs:
            found |= _arm(chest, side, angles)
        if f"{side}_leg" in limbs:
            found |= _leg(pelvis, side, angles, grounded=side in grounded)
    return found


def _head(chest, flexion):
    neck = chest.moved(chest.at(WAIST_TO_NECK)).bent(0.75 * flexion)
    return {"neck": neck, "head": neck.moved(neck.at(NECK)).bent(0.25 * flexion)}


def _arm(chest, side, angles):
    sign = SIDES[side]
    shoulder = chest.at(WAIST_TO_SHOULDER, lateral=sign * HALF_SHOULDERS)
    arm = chest.hanging(shoulder).bent(angles.get(f"{side}_shoulder", 0))
    arm = arm.spread(sign * angles.get(f"{side}_shoulder_abduction", 0))
    forearm = arm.moved(arm.at(UPPER_ARM)).bent(angles.get(f"{side}_elbow", 0))
    return {f"{side}_upper_arm": arm, f"{side}_forearm": forearm}


def _leg(pelvis, side, angles, *, grounded):
    sign = SIDES[side]
    hip = pelvis.at(0, lateral=sign * HALF_HIPS)
    thigh = pelvis.hanging(hip).bent(angles.get(f"{side}_hip", 0))
    thigh = thigh.spread(sign * angles.get(f"{side}_hip_abduction", 0))
    thigh = thigh.rolled(sign * angles.get(f"{side}_hip_rotation", 0))
    shank = thigh.moved(thigh.at(THIGH)).bent(-angles.get(f"{side}_knee", 0))
    foot = _foot(shank, angles.get(f"{side}_ankle"), grounded)
    ball = foot.at(ANKLE_TO_BALL, BALL_HEIGHT - ANKLE_HEIGHT)
    toes = foot.moved(ball).bent(_toes(foot, angles.get(f"{side}_toes"), grounded))
    return {
        f"{side}_thigh": thigh,
        f"{side}_shank": shank,
        f"{side}_foot": foot,
        f"{side}_toes": toes,
    }


def _foot(shank, ankle, grounded):
    """Its axis runs to the toes, its ``forward`` to the top of the foot."""
    origin = shank.at(SHANK)
    flat = Frame(origin, (0.0, 0.0, 1.0), UP, (1.0, 0.0, 0.0))
    if grounded and ankle is None:
        return flat
    foot = Frame(origin, shank.forward, shank.hanging(origin).axis, shank.lateral)
    foot = foot.bent(ankle or 0)
    return flat.bent(pitch(foot)) if grounded else foot


def _toes(foot, stated, grounded):
    if stated is None and grounded:
        return max(0.0, -pitch(foot))
    return stated or 0.0


def pitch(frame: Frame) -> float:
    """Degrees by which a segment's axis rises above the horizontal, seen from the side."""
    _, rise, ahead = frame.axis
    return degrees(atan2(rise, ahead))
