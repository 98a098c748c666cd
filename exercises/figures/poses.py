"""A drawing of an exercise as data, and what makes such data refusable.

It is a plain dict that fits a JSONField::

    {
        "view": "side",
        "props": ["floor"],
        "person": "bob",
        "muscles": ["glutes"],
        "poses": [{"label": "Hips up", "anchor": "shoulders and feet", "angles": {"hip": 0, "knee": 106}}],
    }

``hip`` sets both sides, ``left_hip`` one of them. What is not stated is 0, or is laid on the floor where the anchor says so:
feet, toes, and for somebody who lies, head and arms.
"""

import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from exercises.figures.aids import AIDS
from exercises.figures.contacts import ANCHORS, Anchor, problems, settle
from exercises.figures.furniture import PLACES
from exercises.figures.motion import LANDMARKS
from exercises.figures.outlines import MUSCLES, PEOPLE
from exercises.figures.skeleton import SIDES, Angles

VIEWS = {
    "side": "from the side",
    "front": "from the front",
    "back": "from behind",
    "side above": "from the side and above",
    "front above": "from the front and above",
}
WALLS = {
    "side": ("front", "behind"),
    "front": ("left", "right"),
    "back": ("left", "right"),
    "side above": (),
    "front above": (),
}
PROPS = ("floor", *PLACES, *AIDS)
MOST_POSES = 8  # each costs as much to draw as the first
LONGEST_LABEL = 80  # letters
FIRST = Path(__file__).with_name("first_poses.toml")
BASES = Path(__file__).with_name("base_poses.toml")

# From and to, in degrees: the one table of how far a joint goes. Where a line says "normal range", the range is that of
# the American Academy of Orthopaedic Surgeons, "Joint Motion: Method of Measuring and Recording" (1965). What is called a
# drawing limit is no statement about a body: it is how far the outlines of body.toml can be turned and still look like one.
ROOM = {
    "lean": (-100, 100),  # drawing limit: how the body lies in the room
    "trunk": (-130, 110),  # drawing limit: how the body lies in the room
    "trunk_side": (-35, 35),  # normal range of lateral bending of the spine
    "pelvis": (-20, 20),  # drawing limit
    "neck": (-45, 45),  # normal range of flexion and extension
}
JOINTS = {
    "hip": (-30, 120),  # normal range: extension 30, flexion 120
    "hip_abduction": (-30, 45),  # normal range: adduction 30, abduction 45
    "hip_rotation": (-45, 45),  # normal range: inward 45, outward 45
    "knee": (-10, 135),  # normal range: hyperextension 10, flexion 135
    "ankle": (-50, 20),  # normal range: plantarflexion 50, dorsiflexion 20
    "toes": (-45, 70),  # normal range of the great toe: flexion 45, extension 70
    "shoulder": (-60, 180),  # normal range: extension 60, flexion 180
    "shoulder_abduction": (
        -10,
        180,
    ),  # normal range: abduction 180; -10 is a drawing limit
    "elbow": (-10, 150),  # normal range: hyperextension 10, flexion 150
}
ARM = [joint for joint in JOINTS if joint.startswith(("shoulder", "elbow"))]
LEG = [joint for joint in JOINTS if joint not in ARM]
RANGES = ROOM | {
    f"{side}_{joint}": span for side in SIDES for joint, span in JOINTS.items()
}


class PoseError(ValueError):
    """A drawing that cannot be drawn, or that no body can do. The message names the field."""


@dataclass(frozen=True)
class Pose:
    label: str
    anchor: Anchor
    angles: Angles = field(hash=False)
    arrow: str = ""


@dataclass(frozen=True)
class Drawing:
    view: str
    poses: tuple[Pose, ...]
    muscles: tuple[str, ...] = ()
    props: tuple[str, ...] = ("floor",)
    person: str = PEOPLE[0]

    @property
    def worn(self):
        """What moves with the body: what it holds, and its hair."""
        held = tuple(prop for prop in self.props if prop in AIDS)
        return *held, self.person

    @property
    def home(self):
        """The side whose foot stays where it is from the first pose to the last."""
        planted = frozenset(SIDES).intersection(
            *(pose.anchor.feet for pose in self.poses)
        )
        return "left" if planted == {"left"} else "right"

    @property
    def side_at_work(self):
        """The side whose muscles are named, or else the one that moves more at the end; "" where both do the same.

        An arm that moves with the legs holds on to something.
        """
        named = {muscle.partition(" ")[0] for muscle in self.muscles} & set(SIDES)
        for joints in (LEG, ARM):
            moved = {side: self._moved(side, joints) for side in SIDES}
            if not named and moved["left"] != moved["right"]:
                named = {max(moved, key=moved.__getitem__)}
            if any(moved.values()):
                break
        return named.pop() if len(named) == 1 else ""

    def _moved(self, side, joints):
        """Degrees, of some joints of one side, from the last pose but one to the last."""
        before, after = [pose.angles for pose in (self.poses * 2)[-2:]]
        names = [f"{side}_{joint}" for joint in joints]
        return sum(abs(after.get(each, 0) - before.get(each, 0)) for each in names)


def read(data, *, stands: bool = True) -> Drawing:
    """The drawing that ``data`` describes; raises ``PoseError``.

    Without ``stands`` a body may float, or reach through the floor: it is still being drawn.
    """
    data = _table(data, "figure", {"view", "poses", "muscles", "props", "person"})
    view = _one_of(data.get("view"), VIEWS, "view")
    poses = _list(data, "poses", [])
    if not 0 < len(poses) <= MOST_POSES:
        raise PoseError(f"poses: a figure needs 1 to {MOST_POSES} poses.")
    sided = [f"{side} {muscle}" for side in SIDES for muscle in MUSCLES["side"]]
    props = [*PROPS, *(f"wall {where}" for where in WALLS[view])]
    return Drawing(
        view=view,
        poses=tuple(
            _pose(pose, f"poses[{i}]", stands) for i, pose in enumerate(poses, 1)
        ),
        muscles=_names(data, "muscles", [], [*MUSCLES["side"], *sided]),
        props=_names(data, "props", ["floor"], props),
        person=_one_of(data.get("person", PEOPLE[0]), PEOPLE, "person"),
    )


def _pose(data, name, stands):
    data = _table(data, name, {"label", "anchor", "angles", "arrow"})
    label = data.get("label")
    if not isinstance(label, str) or not label.strip():
        raise PoseError(f"{name}.label: say in a few words what the pose is.")
    if len(label) > LONGEST_LABEL:
        raise PoseError(f"{name}.label: {LONGEST_LABEL} letters at most.")
    anchor = ANCHORS[_one_of(data.get("anchor"), ANCHORS, f"{name}.anchor")]
    angles = _angles(data.get("angles", {}), f"{name}.angles")
    if anchor.shoulders and "trunk" in angles:
        raise PoseError(
            f"{name}.angles.trunk: follows from the shoulders on the floor."
        )
    for problem in problems(settle(angles, anchor), anchor, RANGES) if stands else ():
        raise PoseError(f"{name}: {problem}.")
    arrow = _one_of(data.get("arrow", ""), ("", *LANDMARKS), f"{name}.arrow")
    return Pose(label.strip(), anchor, angles, arrow)


def _angles(data, name):
    both: Angles = {}
    one: Angles = {}
    for joint, value in _table(data, name).items():
        targets = [f"{side}_{joint}" for side in SIDES] if joint in JOINTS else [joint]
        if targets[0] not in RANGES:
            raise PoseError(f"{name}: there is no joint “{joint}”.")
        degrees = _degrees(value, RANGES[targets[0]], f"{name}.{joint}")
        (both if joint in JOINTS else one).update(dict.fromkeys(targets, degrees))
    return both | one


def _degrees(value, span, name):
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise PoseError(f"{name}: must be a number of degrees.")
    low, high = span
    if not low <= value <= high:
        raise PoseError(
            f"{name}: {value} is outside what a body can do, {low} to {high}."
        )
    return float(value)


def _table(data, name, keys=None):
    if not isinstance(data, dict):
        raise PoseError(f"{name}: must be a table of named values.")
    for key in data if keys else ():
        if key not in keys:
            raise PoseError(f"{name}: there is no field “{key}”.")
    return data


def _list(data, name, default):
    value = data.get(name, default)
    if not isinstance(value, list | tuple):
        raise PoseError(f"{name}: must be a list.")
    return value


def _names(data, name, default, known):
    values = tuple(_one_of(value, known, name) for value in _list(data, name, default))
    if len(values) > len({*values}):
        raise PoseError(f"{name}: name each once.")
    return values


def _one_of(value, known, name):
    if not isinstance(value, str) or value not in known:
        raise PoseError(f"{name}: must be one of {', '.join(known)}; not “{value}”.")
    return value


def first_poses():
    """The drawings of the first exercises, by slug."""
    return tomllib.loads(FIRST.read_text(encoding="utf-8"))


@cache
def base_poses():
    """Drawings that a new one can start from, by the name that staff choose them by: from a pose to the same pose."""
    found = tomllib.loads(BASES.read_text(encoding="utf-8"))
    return {
        name: {
            "view": base["view"],
            "props": base.get("props", ["floor"]),
            "poses": [base["pose"], base["pose"]],
        }
        for name, base in found.items()
    }
