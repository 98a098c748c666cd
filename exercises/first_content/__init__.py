"""The exercises and routines that a new site starts with: the clinic's own, and those of the starter library."""

from pathlib import Path

from exercises.figures.poses import first_poses
from exercises.models import Dose, Exercise, Progression, Routine, Tag
from kneecare.clinic.first_content import author_of, cited
from kneecare.core.first_content import joined, read, read_pages
from kneecare.publishing.publish import publish

FOLDER = Path(__file__).parent


def load(packs):
    """Publish the pages of ``packs`` that the site has not: exercises with the doses that their sources state, then routines."""
    drawings = first_poses()
    for entry in _new("exercises", packs, Exercise):
        entry.setdefault("figure", drawings.get(entry["slug"], {}))
        publish(_create_exercise(entry), by=None)
    for entry in _new("routines", packs, Routine):
        publish(_create_routine(entry), by=None)


def _new(kind, packs, model):
    pages = read_pages(FOLDER / pack / kind for pack in packs)
    known = set(model.objects.values_list("slug", flat=True))
    return [page for slug, page in pages.items() if slug not in known]


def _create_exercise(entry):
    exercise = Exercise.objects.create(
        slug=entry["slug"],
        title=entry["title"],
        summary=entry["summary"],
        steps=joined(entry["steps"]),
        why=entry["why"],
        hold_on_to=entry.get("hold_on_to", ""),
        mistakes=joined(entry.get("mistakes", [])),
        not_for=joined(entry.get("not_for", [])),
        for_clinicians=joined(entry.get("for_clinicians", [])),
        figure=entry["figure"],
        author=author_of(entry),
        **_place(entry),
    )
    exercise.tags.set(_tags(entry["tags"]))
    if "dose" in entry:
        Dose.objects.create(exercise=exercise, **_dose(entry["dose"]))
    return exercise


def _place(entry):
    """Its progression and level, unless the site has another exercise there."""
    if "progression" not in entry:
        return {}
    progression, _ = Progression.objects.get_or_create(title=entry["progression"])
    if progression.exercises.filter(level=entry["level"]).exists():
        return {}
    return {"progression": progression, "level": entry["level"]}


def _tags(slugs):
    known = {tag["slug"]: tag for tag in read(FOLDER / "tags.toml")["tags"]}
    return [
        Tag.objects.get_or_create(slug=slug, defaults=known[slug])[0] for slug in slugs
    ]


def _dose(entry):
    """The fields of a dose; ``from`` is the key of its source."""
    stated = {name: value for name, value in entry.items() if name != "from"}
    return stated | {"source": cited(entry["from"])}


def _create_routine(entry):
    routine = Routine.objects.create(
        slug=entry["slug"],
        title=entry["title"],
        summary=entry["summary"],
        intro=entry["intro"],
        days_per_week=entry.get("days_per_week"),
        green_to=entry["green_to"],
        amber_to=entry["amber_to"],
        pain_source=entry["pain_source"],
        author=author_of(entry),
    )
    for position, slug in enumerate(entry["items"]):
        routine.items.create(
            exercise=Exercise.objects.get(slug=slug), position=position
        )
    return routine
