"""Exercises and routines in an article, frozen with it: what a patient was told to do stays what was published.

A version keeps each as it was published itself, with its dose in numbers. So a change of a dose reaches the readers of
an article when somebody publishes the article again, and the comparison of the working copy with the live version
shows it until then. Two things are read as they are now: the address, which must lead somewhere, and whether a visitor
may see the exercise at all: one that was taken down is left out at once.
"""

from dataclasses import replace

from exercises.dose import DoseSnapshot
from exercises.models import Exercise, Routine
from exercises.snapshots import ExerciseSnapshot, RoutineSnapshot


def frozen_cards(blocks):
    """``{"exercise": {"7": {…}}, "routine": {"2": {…}}}`` for what ``blocks`` name; JSON has no numbers for names."""
    exercises = Exercise.objects.published().filter(pk__in=_ids(blocks, "exercise"))
    routines = Routine.objects.published().filter(pk__in=_ids(blocks, "routine"))
    return {
        "exercise": {str(row.pk): row.shown.as_card() for row in exercises},
        "routine": {str(row.pk): row.shown.as_data() for row in routines},
    }


def _ids(blocks, kind):
    return {block["id"] for block in blocks if block["type"] == kind}


def dosed(cards):
    """Ids of all exercises in ``cards``, those in routines too."""
    alone = {int(pk) for pk in cards.get("exercise", {})}
    inside = {
        item["exercise"]["pk"]
        for routine in cards.get("routine", {}).values()
        for item in routine["items"]
    }
    return alone | inside


def shown_exercise(card, addresses):
    """``card`` as an ``ExerciseSnapshot``; nothing when a visitor may not see the exercise."""
    slug = card and addresses["exercise"].get(card["pk"])
    return ExerciseSnapshot.from_data(card, slug=slug) if slug else None


def shown_routine(pk, card, addresses):
    """The same for a routine, with those of its exercises that a visitor may see."""
    slug = card and addresses["routine"].get(pk)
    if not slug:
        return None
    routine = RoutineSnapshot.from_data(card, slug=slug)
    seen = addresses["exercise"]
    items = [item for item in routine.items if item.exercise.pk in seen]
    return replace(routine, items=items)


def dose_lines(card):
    """What an editor reads of a card: each exercise in it with its dose."""
    items = card.get("items") or [{"exercise": card, "dose": card.get("dose", {})}]
    return [
        f"{item['exercise']['title']}: {DoseSnapshot(**item['dose']).sentence()}"
        for item in items
    ]
