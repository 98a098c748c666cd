from pathlib import Path

from exercises.figures.poses import first_poses
from exercises.models import Dose, Exercise, Progression, Routine, Tag
from kneecare.clinic.models import Clinician
from kneecare.core.first_content import joined, read
from kneecare.publishing.publish import publish

FILE = Path(__file__).with_suffix(".toml")


def load():
    """The first exercises with the doses that their source states, and the first routine, published."""
    content = read(FILE)
    drawings = first_poses()
    author = Clinician.objects.get(slug="nick-hunter")
    for tag in content["tags"]:
        Tag.objects.create(**tag)
    for title in content["progressions"]:
        Progression.objects.create(title=title)
    for entry in content["exercises"]:
        publish(_create_exercise(entry, author, drawings), by=None)
    for entry in content["routines"]:
        publish(_create_routine(entry, author), by=None)


def _create_exercise(entry, author, drawings):
    progression = Progression.objects.filter(title=entry.get("progression", "")).first()
    exercise = Exercise.objects.create(
        slug=entry["slug"],
        title=entry["title"],
        summary=entry["summary"],
        steps=joined(entry["steps"]),
        why=entry["why"],
        hold_on_to=entry.get("hold_on_to", ""),
        figure=drawings[entry["slug"]],
        progression=progression,
        level=entry.get("level"),
        author=author,
    )
    exercise.tags.set(Tag.objects.filter(slug__in=entry["tags"]))
    if "dose" in entry:
        Dose.objects.create(exercise=exercise, **entry["dose"])
    return exercise


def _create_routine(entry, author):
    routine = Routine.objects.create(
        slug=entry["slug"],
        title=entry["title"],
        summary=entry["summary"],
        intro=entry["intro"],
        green_to=entry["green_to"],
        amber_to=entry["amber_to"],
        pain_source=entry["pain_source"],
        author=author,
    )
    for position, slug in enumerate(entry["items"]):
        routine.items.create(
            exercise=Exercise.objects.get(slug=slug), position=position
        )
    return routine
