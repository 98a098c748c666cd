"""What staff read in place of the keys of a drawing, and what is wrong with one in those words."""

import re

from exercises.figures.motion import LANDMARKS
from exercises.figures.outlines import PEOPLE
from exercises.figures.poses import JOINTS, RANGES, ROOM, VIEWS
from exercises.figures.skeleton import SIDES

# Where more of an angle leads: the signs are those of skeleton.py.
MOVES = {
    "hip": "Hip: thigh forward",
    "hip_abduction": "Hip: leg out to the side",
    "hip_rotation": "Hip: turned outward",
    "knee": "Knee: bent",
    "ankle": "Ankle: toes towards the shin",
    "toes": "Toes: bent upward",
    "trunk": "Whole body: leaning forward",
    "lean": "Whole body: turned to its left",
    "trunk_side": "Trunk: bent to its left",
    "pelvis": "Pelvis: left side higher",
    "neck": "Neck: chin to the chest",
    "shoulder": "Shoulder: arm forward and up",
    "shoulder_abduction": "Shoulder: arm out to the side",
    "elbow": "Elbow: bent",
}
GROUPS = {
    "Legs": ["hip", "hip_abduction", "hip_rotation", "knee", "ankle", "toes"],
    "Trunk and head": ["trunk", "lean", "trunk_side", "pelvis", "neck"],
    "Arms": ["shoulder", "shoulder_abduction", "elbow"],
}
SHORT = {
    "hip_abduction": "hip, out to the side",
    "hip_rotation": "hip, turned outward",
    "shoulder_abduction": "shoulder, out to the side",
    "trunk": "lean forward",
    "lean": "turn to the left",
    "trunk_side": "trunk, bent to its left",
}
CARRIERS = {
    "feet": "Standing: both feet",
    "left foot": "Standing: left foot",
    "right foot": "Standing: right foot",
    "feet, the right on the step": "Standing: both feet, the right on a step",
    "feet, the left on the step": "Standing: both feet, the left on a step",
    "right foot on the step": "Standing on a step: right foot",
    "left foot on the step": "Standing on a step: left foot",
    "seat": "Sitting on a chair, feet down",
    "seat and left foot": "Sitting on a chair, left foot down",
    "seat and right foot": "Sitting on a chair, right foot down",
    "seat on the floor": "Sitting on the floor",
    "back": "Lying on the back",
    "shoulders and feet": "Lying on the back: shoulders and both feet",
    "shoulders and left foot": "Lying on the back: shoulders and left foot",
    "shoulders and right foot": "Lying on the back: shoulders and right foot",
    "front": "Lying on the front",
    "left side": "Lying on the left side",
    "right side": "Lying on the right side",
    "hands and knees": "On hands and knees",
    "left hand and right knee": "Kneeling: left hand and right knee",
    "right hand and left knee": "Kneeling: right hand and left knee",
    "left knee and right foot": "Half kneeling: left knee and right foot",
    "right knee and left foot": "Half kneeling: right knee and left foot",
}
PROPS = {
    "floor": "Floor",
    "chair": "Chair",
    "chair to hold": "Chair to hold",
    "step": "Step",
    "rail": "Rail to hold",
    "table": "Table to hold",
    "pillow": "Pillow under the hips",
    "towel roll": "Rolled towel under the right knee",
    "ball": "Ball between the knees",
    "band": "Band around the thighs",
    "wall front": "Wall in front",
    "wall behind": "Wall behind",
    "wall left": "Wall on the left",
    "wall right": "Wall on the right",
}
PERSONS = {person: person.capitalize() for person in PEOPLE}
SEEN = {view: words.capitalize() for view, words in VIEWS.items()}
ARROWS = {"": "What moves most", **{each: each.capitalize() for each in LANDMARKS}}
WORKS = {
    "": "Not tinted",
    "both": "Both sides",
    "left": "Left side",
    "right": "Right side",
}
PARTS = {"label": "its words", "anchor": "what carries the body", "arrow": "its arrow"}
PATH = re.compile(r"poses\[(?P<number>\d+)\](?:\.(?P<part>\w+))?(?:\.(?P<joint>\w+))?")
KEY = re.compile(
    rf"\b(?:(?:{'|'.join(SIDES)})_)(?:{'|'.join(JOINTS)})\b|^(?:{'|'.join(ROOM)})\b"
)


def place(number, count):
    """ "Start position" for the first of ``count``."""
    if count > 1 and number in (1, count):
        return "Start position" if number == 1 else "End position"
    return f"Position {number}"


def spoken(joint):
    """ "left knee" for the key of a joint; of both sides, without one."""
    side, _, rest = joint.partition("_")
    if side in SIDES:
        return f"{side} {SHORT.get(rest, rest)}"
    return SHORT.get(joint, joint)


def in_words(error, count):
    """What a ``PoseError`` says of a drawing of ``count`` poses, for who does not read JSON."""
    path, _, told = str(error).partition(": ")
    found = PATH.fullmatch(path)
    if not found:
        return f"{path.capitalize()}: {told}"
    where = [place(int(found["number"]), count)]
    if found["part"]:
        where.append(PARTS.get(found["part"], "joints"))
    if found["joint"]:
        where[1:] = [spoken(found["joint"])]
    return f"{', '.join(where)}: {KEY.sub(lambda key: spoken(key[0]), told)}"


def range_words(joint):
    low, high = RANGES[joint]
    return f"{low} to {high}°".replace("-", "\N{MINUS SIGN}")
