"""What exercises and routines are found by."""

from django.db.models import Prefetch

from exercises.models import Exercise, Routine, RoutineItem, Tag
from kneecare.search.plain_text import of_html
from kneecare.search.sources import Page, part_of, source


@source(Exercise, label="Exercise", prepare=lambda rows: rows.prefetch_related("tags"))
def exercise_page(exercise):
    tags = ". ".join(tag.name for tag in exercise.tags.all())
    steps = " ".join(exercise.steps.split())
    return Page(
        exercise.get_absolute_url(),
        exercise.title,
        exercise.summary,
        f"{steps} {of_html(exercise.why)} {tags}".strip(),
    )


@source(
    Routine,
    label="Routine",
    prepare=lambda rows: rows.prefetch_related(
        Prefetch(
            "items",
            RoutineItem.objects.filter(
                exercise__in=Exercise.objects.published()
            ).select_related("exercise"),
            to_attr="found_items",
        )
    ),
)
def routine_page(routine):
    moves = ". ".join(item.exercise.title for item in routine.found_items)
    return Page(
        routine.get_absolute_url(),
        routine.title,
        routine.summary,
        f"{of_html(routine.intro)} {moves}".strip(),
    )


@part_of(Exercise)
def routines_with(exercise):
    """A routine is found by the names of its exercises."""
    return exercise.routines.all()


@part_of(Tag)
def exercises_with(tag):
    return tag.exercises.all()
