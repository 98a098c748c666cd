"""Exercises and routines in an article, frozen with it: what a patient was told to do stays what was published.

A version keeps the title, the summary, the drawing and the dose of each, in words and in numbers. So a change of a
dose reaches the readers of an article when somebody publishes the article again, and the comparison of the working copy
with the live version shows it until then. Two things are read as they are now: the address, which must lead somewhere,
and whether a visitor may see the exercise at all: one that was taken down is left out at once.
"""

from types import SimpleNamespace

from exercises.models import Dose, Exercise, Routine

STATED = [
    "sets",
    "reps_from",
    "reps_to",
    "hold_seconds",
    "rest_seconds",
    "sides",
    "days_per_week",
    "load",
    "note",
    "source",
]


def frozen_cards(blocks):
    """``{"exercise": {"7": {…}}, "routine": {"2": {…}}}`` for what ``blocks`` name; JSON has no numbers for names."""
    exercises = Exercise.objects.with_dose().in_bulk(_ids(blocks, "exercise"))
    routines = Routine.objects.with_items().in_bulk(_ids(blocks, "routine"))
    return {
        "exercise": {str(pk): _exercise(each) for pk, each in exercises.items()},
        "routine": {str(pk): _routine(each) for pk, each in routines.items()},
    }


def _ids(blocks, kind):
    return {block["id"] for block in blocks if block["type"] == kind}


def _exercise(exercise):
    return {
        "id": exercise.pk,
        "title": exercise.title,
        "summary": exercise.summary,
        "figure": exercise.figure,
        "dose": _dose(exercise.dose),
    }


def _dose(dose: Dose):
    return {
        "sentence": dose.sentence(),
        **{name: getattr(dose, name) for name in STATED},
    }


def _routine(routine):
    return {
        "id": routine.pk,
        "title": routine.title,
        "summary": routine.summary,
        "items": [_exercise(item.exercise) for item in routine.shown_items],
    }


def dosed(cards):
    """Ids of all exercises in ``cards``, those in routines too."""
    alone = {int(pk) for pk in cards.get("exercise", {})}
    inside = {
        item["id"]
        for routine in cards.get("routine", {}).values()
        for item in routine["items"]
    }
    return alone | inside


def shown_exercise(card, addresses):
    """``card`` as the templates of an exercise want it; nothing when a visitor may not see the exercise."""
    address = card and addresses["exercise"].get(card["id"])
    return address and SimpleNamespace(
        title=card["title"],
        summary=card["summary"],
        figure=card["figure"],
        dose=SimpleNamespace(sentence=card["dose"]["sentence"]),
        get_absolute_url=address,
    )


def shown_routine(card, addresses):
    """The same for a routine, with those of its exercises that a visitor may see."""
    address = card and addresses["routine"].get(card["id"])
    if not address:
        return None
    exercises = [shown_exercise(item, addresses) for item in card["items"]]
    return SimpleNamespace(
        title=card["title"],
        summary=card["summary"],
        shown_items=[SimpleNamespace(exercise=each) for each in exercises if each],
        get_absolute_url=address,
    )
