"""A drawing as the fields of a form, and back. What no field can show is left to the JSON."""

import json
import re
from hashlib import sha256

from exercises.figures.outlines import MUSCLES, PEOPLE
from exercises.figures.poses import JOINTS, MOST_POSES, RANGES, ROOM, base_poses
from exercises.figures.skeleton import SIDES

MINUS = "\N{MINUS SIGN}"
NUMBER = re.compile(rf"[-{MINUS}]?\d{{1,4}}(?:[.,]\d{{1,4}})?", re.ASCII)
# The buttons of the editor, by the value that each sends as its name with "-act".
PREVIEW, COPY, ADD, DROP, CLEAR, BASE, AS_BEFORE = (
    "preview", "copy", "add", "drop", "clear", "base:", "as-before:",
)  # fmt: skip


def dumped(figure):
    return json.dumps(figure, indent=2, ensure_ascii=False)


def digest(text):
    """Of JSON as it was shown, so that what was typed into it is known; browsers send other line ends."""
    return sha256("".join(text.split()).encode("utf-8", "replace")).hexdigest()[:16]


def poses_of(figure):
    """The poses of what may be no drawing at all; none where the fields could not show them."""
    poses = figure.get("poses") if isinstance(figure, dict) else None
    if not isinstance(poses, list) or len(poses) > MOST_POSES:
        return []
    return poses if all(isinstance(pose, dict) for pose in poses) else []


def texts(value):
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []  # fmt: skip


def angles_of(pose):
    """What is stated of each joint of each side, as it would be typed."""
    stated = pose.get("angles")
    stated = stated if isinstance(stated, dict) else {}
    both = {f"{side}_{joint}": stated[joint] for joint in JOINTS if joint in stated for side in SIDES}  # fmt: skip
    each = {joint: value for joint, value in stated.items() if joint in RANGES}
    return {joint: _typed(value) for joint, value in (both | each).items()}


def _typed(value):
    is_whole = isinstance(value, float) and value.is_integer()
    return str(int(value) if is_whole else value)[:20]


def tints_of(figure):
    """``{muscle: "both", "left", "right" or ""}``."""
    named = texts(figure.get("muscles"))
    return {muscle: _tint(muscle, named) for muscle in MUSCLES["side"]}


def _tint(muscle, named):
    sides = [side for side in SIDES if f"{side} {muscle}" in named]
    return "both" if muscle in named or len(sides) == 2 else "".join(sides)


def assembled(data, name):
    """The drawing that the fields of a form say: it may be none that can be drawn."""
    count = data.get(f"{name}-poses", "")
    count = min(int(count), MOST_POSES) if re.fullmatch(r"[1-9]\d?", count) else 0
    if not count:
        return {}
    tints = {muscle: data.get(f"{name}-muscle-{muscle}", "") for muscle in MUSCLES["side"]}  # fmt: skip
    return {
        "view": data.get(f"{name}-view", ""),
        "person": data.get(f"{name}-person", PEOPLE[0]),
        "props": _each(data, f"{name}-props"),
        "muscles": [
            muscle if side == "both" else f"{side} {muscle}"
            for muscle, side in tints.items()
            if side
        ],
        "poses": [_pose(data, f"{name}-{number}") for number in range(count)],
    }


def _each(data, name):
    return data.getlist(name) if hasattr(data, "getlist") else list(data.get(name, []))


def _pose(data, name):
    stated = {joint: data.get(f"{name}-{joint}", "").strip() for joint in RANGES}
    typed = {joint: _number(value) for joint, value in stated.items() if value}
    pose = {
        "label": data.get(f"{name}-label", ""),
        "anchor": data.get(f"{name}-anchor", ""),
        "angles": _joined(typed),
    }
    arrow = data.get(f"{name}-arrow", "")
    return pose | {"arrow": arrow} if arrow else pose


def _number(text):
    if not NUMBER.fullmatch(text):
        return text
    value = float(text.replace(",", ".").replace(MINUS, "-"))
    return int(value) if value.is_integer() else value


def _joined(angles):
    """One name for both sides where they are alike."""
    of_sides = {joint: [angles.get(f"{side}_{joint}") for side in SIDES] for joint in JOINTS}  # fmt: skip
    alike = {
        joint: left
        for joint, (left, right) in of_sides.items()
        if left is not None and left == right
    }
    return {
        joint: value
        for joint, value in angles.items()
        if joint in ROOM or joint.partition("_")[2] not in alike
    } | alike


def flat(figure, name):
    """The fields of a drawing with what each holds: ``assembled`` makes it again, in one way of writing."""
    poses = poses_of(figure)
    if not poses:
        return {}
    found = {
        f"{name}-poses": str(len(poses)),
        f"{name}-view": str(figure.get("view", "")),
        f"{name}-person": str(figure.get("person", PEOPLE[0])),
        f"{name}-props": texts(figure.get("props", ["floor"])),
    }
    for muscle, side in tints_of(figure).items():
        found[f"{name}-muscle-{muscle}"] = side
    for number, pose in enumerate(poses):
        for part in ("label", "anchor", "arrow"):
            found[f"{name}-{number}-{part}"] = str(pose.get(part, ""))
        for joint, value in angles_of(pose).items():
            found[f"{name}-{number}-{joint}"] = value
    return found


def acted(figure, act, copied):
    """``figure`` once a button of the editor was pressed; ``copied`` is the one to start from."""
    poses = poses_of(figure)
    if act.startswith(BASE) and act.removeprefix(BASE) in base_poses():
        return base_poses()[act.removeprefix(BASE)]
    if act.startswith(AS_BEFORE):
        return figure | {"poses": _as_before(poses, act.removeprefix(AS_BEFORE))}
    if act == COPY and copied:
        return copied
    if act == CLEAR:
        return {}
    if act == ADD and 0 < len(poses) < MOST_POSES:
        return figure | {"poses": [*poses, poses[-1]]}
    if act == DROP and len(poses) > 1:
        return figure | {"poses": poses[:-1]}
    return figure


def _as_before(poses, number):
    """``poses`` with the body of one as in the one before it; its words and its arrow stay."""
    place = int(number) if re.fullmatch(r"[1-9]", number) else 0
    if not 0 < place < len(poses):
        return poses
    told = {key: poses[place][key] for key in ("label", "arrow") if key in poses[place]}
    body = {key: value for key, value in poses[place - 1].items() if key != "arrow"}
    return [*poses[:place], body | told, *poses[place + 1 :]]


def drawable(figure):
    """``figure`` with every joint as far as it goes and a word for each pose, to be drawn while somebody mends it."""
    poses = [
        {**pose, "label": pose.get("label") or "-", "angles": _within_ranges(angles)}
        for pose in poses_of(figure)
        if isinstance(angles := pose.get("angles", {}), dict)
    ]
    return figure | {"poses": poses} if poses else figure


def _within_ranges(angles):
    return {joint: _within(joint, value) for joint, value in angles.items()}


def _within(joint, value):
    reach = RANGES.get(joint) or RANGES.get(f"left_{joint}")
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return min(max(value, reach[0]), reach[1]) if reach and is_number else value
