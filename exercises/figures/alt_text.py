"""What a drawing says to somebody who cannot see it, made from the same angles and contacts as the drawing."""

from exercises.figures import furniture
from exercises.figures.aids import AIDS
from exercises.figures.contacts import Settled, settle
from exercises.figures.poses import VIEWS, Drawing, Pose
from exercises.figures.skeleton import SIDES, pitch

SEEN = furniture.WORDS | AIDS
BENT = 20  # degrees of flexion from which a knee is called bent
LEVEL = 2  # degrees of tilt up to which a pelvis is called level
IN_LINE = 8  # degrees of hip flexion up to which trunk and thigh are called a line


def alt(drawing: Drawing, title: str) -> tuple[str, str]:
    """The title and the description of the picture."""
    return f"{title}, seen {VIEWS[drawing.view]}", " ".join(_sentences(drawing))


def _sentences(drawing):
    told: list[str] = []
    for number, pose in enumerate(drawing.poses, 1):
        facts = pose_facts(
            pose, settle(pose.angles, pose.anchor, drawing.home), drawing.view
        )
        news = [fact for fact in facts if fact not in told]
        told = facts
        yield f"{number}: {pose.label}{': ' if news else ''}{', '.join(news)}."
    if "wall" in " ".join(drawing.props):
        where = next(
            prop for prop in drawing.props if prop.startswith("wall")
        ).removeprefix("wall ")
        yield {
            "front": "A wall is in front.",
            "behind": "A wall is behind.",
        }.get(where, f"A wall is on the {where} side.")
    things = [SEEN[prop] for prop in drawing.props if prop in SEEN]
    if things:
        yield f"There is {listed(things)}."
    if drawing.muscles:
        yield f"Muscles at work: {listed(drawing.muscles)}."


def pose_facts(pose: Pose, settled: Settled, view: str) -> list[str]:
    """Short statements about one pose, the most telling first."""
    facts = [
        _stance(pose),
        *_hips(pose, settled),
        *_knees(settled),
        *_feet(pose, settled),
    ]
    if view != "side" and not (pose.anchor.shoulders or pose.anchor.rests):
        tilt = settled.angles.get("pelvis", 0)
        facts.append(
            "pelvis level"
            if abs(tilt) <= LEVEL
            else f"pelvis higher on the {'left' if tilt > 0 else 'right'}"
        )
    return facts


def _stance(pose):
    if pose.anchor.stance:
        return pose.anchor.stance
    if pose.anchor.shoulders:
        return "lying on the back, shoulders and head down"
    if pose.anchor.seat:
        return "sitting"
    standing = (
        "standing"
        if len(pose.anchor.feet) == 2
        else f"standing on the {min(pose.anchor.feet)} leg"
    )
    raised = "".join(f", {side} foot on the step" for side in pose.anchor.raised)
    return standing + raised


def _hips(pose, settled):
    if not pose.anchor.shoulders:
        return [
            f"{side} leg out to the side"
            for side in SIDES
            if settled.angles.get(f"{side}_hip_abduction", 0) >= 8
        ]
    supporting = min(
        abs(settled.angles.get(f"{side}_hip", 0)) for side in pose.anchor.feet
    )
    return [
        "hips up, in line with shoulders and knees"
        if supporting <= IN_LINE
        else "hips down"
    ]


def _knees(settled):
    bent = {side for side in SIDES if settled.angles.get(f"{side}_knee", 0) >= BENT}
    if len(bent) == 1:
        return [f"{min(bent)} knee bent, {min(set(SIDES) - bent)} knee straight"]
    return ["knees bent" if bent else "knees straight"]


def _feet(pose, settled):
    if pose.anchor.rests:
        return []
    down = {
        side: pitch(settled.frames[f"{side}_foot"]) > -8 for side in pose.anchor.feet
    }
    if len(down) == 2:
        return ["feet flat" if all(down.values()) else "heels up"]
    on = min(pose.anchor.feet)
    other = min(set(SIDES) - pose.anchor.feet)
    lifted = settled.lowest(f"{other}_foot", f"{other}_toes") > 1
    return [
        f"{on} foot flat" if down[on] else f"{on} heel up",
        *([f"{other} foot off the floor"] if lifted else []),
    ]


def listed(words):
    """ "glutes, quads and calves"."""
    *some, last = words
    return f"{', '.join(some)} and {last}" if some else last
