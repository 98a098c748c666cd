"""What exercises and routines are found by: what patients read of them."""

from exercises.models import Exercise, Routine
from exercises.rendering.content import shown_routines
from kneecare.core.text.html import plain_text
from kneecare.search.sources import Page, part_of, source

MEDIA_WORDS = ["title", "alt", "caption", "transcript"]


@source(Exercise, label="Exercise")
def exercise_page(row):
    exercise = row.shown
    tags = ". ".join(tag["name"] for tag in exercise.tags)
    lines = [
        exercise.steps,
        exercise.mistakes,
        exercise.not_for,
        exercise.hold_on_to,
    ]
    body = " ".join(" ".join(lines).split())
    return Page(
        exercise.get_absolute_url(),
        exercise.title,
        exercise.summary,
        f"{body} {plain_text(exercise.why)} {tags} {_of_media(exercise)}".strip(),
    )


def _of_media(exercise):
    said = [part.get(name) for part in exercise.media for name in MEDIA_WORDS]
    return " ".join(filter(None, map(plain_text, filter(None, said))))


@source(Routine, label="Routine")
def routine_page(row):
    (routine,) = shown_routines([row.shown])
    moves = ". ".join(item.exercise.title for item in routine.items)
    return Page(
        routine.get_absolute_url(),
        routine.title,
        routine.summary,
        f"{plain_text(routine.intro)} {moves}".strip(),
    )


@part_of(Exercise)
def routines_with(exercise):
    """A routine is found by the names of its exercises."""
    return Routine.objects.filter(live_version__exercises=exercise)
