"""What changed from one version of an exercise or a routine to another, row by row, in words that an editor reads."""

import json

from exercises.dose import NOT_STATED
from exercises.snapshots import RoutineSnapshot
from kneecare.publishing.diff import Difference, Formatted, side_by_side


def compare(old, new):
    """The ``Difference`` between two snapshots of an exercise, or of a routine."""
    rows = side_by_side(words(old), words(new))
    return Difference([row for row in rows if row["changed"]])


def words(snapshot):
    """All that a version says, by label."""
    is_routine = isinstance(snapshot, RoutineSnapshot)
    said = routine_words(snapshot) if is_routine else exercise_words(snapshot)
    return {label: text for label, text in said.items() if text}


def exercise_words(exercise):
    return {
        "Title": exercise.title,
        "Summary": exercise.summary,
        **_taught(exercise),
        "Part of the body": ", ".join(exercise.body_parts),
        "Equipment": ", ".join(exercise.equipment),
        "Muscles": ", ".join(exercise.muscles),
        "Dose": _dose(exercise.dose),
        "Pictures and videos": "\n".join(map(_shown, exercise.media)),
        "Drawing": json.dumps(exercise.figure, indent=1) if exercise.figure else "",
    }


def routine_words(routine):
    zones = [f"{zone.pain}: {zone.title}" for zone in routine.pain_guide()]
    rest = routine.rest_between
    said = {
        "Title": routine.title,
        "Summary": routine.summary,
        "Note": routine.note,
        "Introduction": Formatted(routine.intro),
        "How often": routine.schedule(),
        "Rest between exercises": "" if rest is None else f"{rest} seconds",
        "Pain guide": "\n".join(filter(None, [*zones, routine.pain_origin()])),
        "Exercises": "\n".join(item.exercise.title for item in routine.items),
    }
    for item in routine.items:
        said |= _item(item, said)
    return said


def _item(item, said):
    title = item.exercise.title
    # An exercise may come twice in a routine.
    while f"{title}: dose" in said:
        title += ", again"
    taught = {
        f"{title}: {label.lower()}": text
        for label, text in _taught(item.exercise).items()
    }
    return {f"{title}: dose": _dose(item.dose), **taught}


def _taught(exercise):
    return {
        "Steps": exercise.steps,
        "Why it helps": Formatted(exercise.why),
        "Common mistakes": exercise.mistakes,
        "Who should not do it": exercise.not_for,
        "Hold on to": exercise.hold_on_to,
    }


def _dose(dose):
    lines = [f"{name}: {value}" for name, value in dose.row().items()]
    lines = lines if dose.says_anything else [NOT_STATED, *lines]
    return "\n".join(filter(None, [*lines, dose.note, dose.provenance]))


def _shown(part):
    """A snapshot of a picture or video as lines of words."""
    lines = (
        [part["alt"], part["caption"]]
        if part["type"] == "image"
        else [part["title"], part["url"] or part["name"]]
    )
    return "\n".join(filter(None, lines))
