from pathlib import Path

from django.utils import timezone

from exercises.models import Dose, Exercise, Routine, Tag
from exercises.poses import first_poses
from kneecare.clinic.models import Clinician
from kneecare.core.first_content import joined, read

FILE = Path(__file__).with_suffix(".toml")


def load():
    """The first exercises with the doses that their source states, and the first routine."""
    content = read(FILE)
    drawings = first_poses()
    author = Clinician.objects.get(slug="nick-hunter")
    for tag in content["tags"]:
        Tag.objects.create(**tag)
    for entry in content["exercises"]:
        _create_exercise(entry, author, drawings)
    for entry in content["exercises"]:
        harder = Exercise.objects.filter(slug=entry.get("harder", "")).first()
        Exercise.objects.filter(slug=entry["slug"]).update(harder=harder)
    for entry in content["routines"]:
        _create_routine(entry, author)


def _create_exercise(entry, author, drawings):
    exercise = Exercise.objects.create(
        slug=entry["slug"],
        title=entry["title"],
        summary=entry["summary"],
        steps=joined(entry["steps"]),
        why=entry["why"],
        figure=drawings[entry["slug"]],
        author=author,
        published_at=timezone.now(),
    )
    exercise.tags.set(Tag.objects.filter(slug__in=entry["tags"]))
    Dose.objects.create(exercise=exercise, **entry["dose"])


def _create_routine(entry, author):
    routine = Routine.objects.create(
        slug=entry["slug"],
        title=entry["title"],
        summary=entry["summary"],
        intro=entry["intro"],
        author=author,
        published_at=timezone.now(),
    )
    for position, slug in enumerate(entry["items"]):
        routine.items.create(
            exercise=Exercise.objects.get(slug=slug), position=position
        )
