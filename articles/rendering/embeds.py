"""Exercises and routines in an article, kept with it: what a patient was told to do stays what was published.

A version keeps each as it was published itself, with its dose in numbers. So a change of a dose reaches the readers of
an article when somebody publishes the article again, and the comparison of the draft with the live version shows it
until then. Two things are read as they are now: the URL, which must lead somewhere, and whether a visitor may see the
exercise at all: one that was taken down is left out at once.
"""

from dataclasses import replace

from exercises.dose import DoseSnapshot
from exercises.models import Exercise, Routine
from exercises.snapshots import ExerciseSnapshot, RoutineSnapshot


def embeds(blocks):
    """``{"exercise": {"7": {…}}, "routine": {"2": {…}}}`` for what ``blocks`` name; JSON has no numbers for names."""
    exercises = Exercise.objects.published().filter(pk__in=_ids(blocks, "exercise"))
    routines = Routine.objects.published().filter(pk__in=_ids(blocks, "routine"))
    return {
        "exercise": {str(row.pk): row.shown.as_card() for row in exercises},
        "routine": {str(row.pk): row.shown.as_data() for row in routines},
    }


def _ids(blocks, kind):
    return {block["id"] for block in blocks if block["type"] == kind}


def exercises_in(embeds):
    """Ids of all exercises in ``embeds``, those in routines too."""
    return {exercise["pk"] for exercise in embedded_exercises(embeds)}


def embedded_exercises(embeds):
    """The same as they were, once for each place in which they stand."""
    yield from embeds["exercise"].values()
    for routine in embeds["routine"].values():
        yield from (item["exercise"] for item in routine["items"])


def shown_exercise(pk, kept, slugs):
    """The one of ``kept`` with that id as an ``ExerciseSnapshot``; nothing when a visitor may not see it."""
    data, slug = kept.get(str(pk)), slugs["exercise"].get(pk)
    return ExerciseSnapshot.from_data(data, slug=slug) if data and slug else None


def shown_routine(pk, kept, slugs):
    """The same for a routine, with those of its exercises that a visitor may see."""
    data, slug = kept.get(str(pk)), slugs["routine"].get(pk)
    if not (data and slug):
        return None
    routine = RoutineSnapshot.from_data(data, slug=slug)
    seen = slugs["exercise"]
    items = [item for item in routine.items if item.exercise.pk in seen]
    return replace(routine, items=items)


def dose_lines(data):
    """What an editor reads of an embedded page: each exercise in it with its dose."""
    items = data.get("items") or [{"exercise": data, "dose": data.get("dose", {})}]
    return [
        f"{item['exercise']['title']}: {DoseSnapshot(**item['dose']).sentence()}"
        for item in items
    ]
