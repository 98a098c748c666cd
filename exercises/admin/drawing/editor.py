"""What the template of the editor shows of a drawing, and what the preview answers."""

from exercises.admin.drawing import pictures
from exercises.admin.drawing.fields import (
    angles_of,
    digest,
    drawable,
    dumped,
    poses_of,
    texts,
    tints_of,
)
from exercises.admin.drawing.names import (
    ARROWS,
    CARRIERS,
    GROUPS,
    MOVES,
    PERSONS,
    PROPS,
    SEEN,
    WORKS,
    in_words,
    place,
    range_words,
    spoken,
)
from exercises.figures.layout import sheet
from exercises.figures.outlines import PEOPLE
from exercises.figures.poses import JOINTS, MOST_POSES, RANGES, PoseError, read
from exercises.figures.skeleton import SIDES

UID = "pose-sheet"


def judged(figure):
    """``(the drawing, or None, what is wrong in words, or "")``: while it is drawn, a body may float."""
    count = len(poses_of(figure))
    words = ""
    for stands in (True, False):
        try:
            return read(figure, stands=stands), words
        except PoseError as error:
            words = words or in_words(error, count)
    return None, words


def drawn(figure):
    """The pictures of ``figure``, what its joints stand at, and what is wrong with it in words.

    It is drawn with joints as far as they go where a number goes further: ``is_drawing`` is false then.
    """
    drawing, words = judged(figure) if figure else (None, "")
    is_drawing = drawing is not None or not figure
    if not is_drawing:
        drawing, _ = judged(drawable(figure))
    places = list(pictures.positions(drawing)) if drawing else []
    return {
        "words": words,
        "is_drawing": is_drawing,
        "positions": [str(each["drawn"]) for each in places],
        "angles": [each["angles"] for each in places],
        "sheet": sheet(drawing, "The exercise", UID, arrows=True) if drawing else "",
        "text": dumped(figure),
        "seen": digest(dumped(figure)),
    }


def editor(figure, name):
    """All that the fields are made of; of what is no drawing, no positions."""
    poses = poses_of(figure)
    shown = drawn(figure)
    return {
        "name": name,
        **shown,
        "shelf": pictures.shelf(),
        "may_add": 0 < len(poses) < MOST_POSES,
        "is_long": len(poses) > 2,
        "views": _choices(SEEN, pictures.views(), [figure.get("view")]) if poses else [],
        "people": _choices(PERSONS, pictures.people(), [figure.get("person", PEOPLE[0])]) if poses else [],
        "props": _choices(PROPS, pictures.things(), texts(figure.get("props", ["floor"]))) if poses else [],
        "muscles": _muscles(figure) if poses else [],
        "poses": [_position(poses, number, name, shown) for number in range(len(poses))],
    }  # fmt: skip


def _choices(names, drawings, chosen):
    return [(key, name, drawings[key], key in chosen) for key, name in names.items()]


def _muscles(figure):
    drawings = pictures.tinted()
    return [
        (muscle, drawings[muscle], _options(WORKS, side))
        for muscle, side in tints_of(figure).items()
    ]


def _options(names, chosen):
    """With what was typed into the JSON, should it be none of them."""
    known = names if chosen in names else {chosen: f"“{chosen}”", **names}
    return [(key, words, key == chosen) for key, words in known.items()]


def _position(poses, number, name, shown):
    pose, count = poses[number], len(poses)
    angles = shown["angles"][number] if shown["angles"] else {}
    stated = angles_of(pose)
    return {
        "prefix": f"{name}-{number}",
        "title": place(number + 1, count),
        "label": pose.get("label", ""),
        "anchors": _options(CARRIERS, str(pose.get("anchor", ""))),
        "arrows": _options(ARROWS, str(pose.get("arrow", ""))) if number else [],
        "drawn": shown["positions"][number] if shown["positions"] else "",
        "groups": [
            (
                title,
                # Which position is turned most: a drawing starts from one that is right.
                (title == "Legs" and number == count - 1)
                or any(_is_wrong(key, stated) for key in _keys(joints)),
                [_joint(joint, f"{name}-{number}", stated, angles) for joint in joints],
            )
            for title, joints in GROUPS.items()
        ],
    }


def _keys(joints):
    return [key for joint in joints for key in _sides(joint)]


def _is_wrong(joint, stated):
    """Whether what was typed for a joint is no angle that it has."""
    low, high = RANGES[joint]
    try:
        return joint in stated and not low <= float(stated[joint]) <= high
    except ValueError:
        return True


def _sides(joint):
    return [f"{side}_{joint}" for side in SIDES] if joint in JOINTS else [joint]


def _joint(joint, prefix, stated, angles):
    keys = _sides(joint)
    low, high = RANGES[keys[0]]
    return {
        "title": MOVES[joint],
        "range": range_words(keys[0]),
        "low": low,
        "high": high,
        "has_sides": len(keys) > 1,
        "fields": [
            {
                "key": key,
                "name": f"{prefix}-{key}",
                "side": key.partition("_")[0] if len(keys) > 1 else "",
                "spoken": spoken(key),
                "value": stated.get(key, ""),
                "by_itself": angles.get(key, 0),
            }
            for key in keys
        ],
    }
