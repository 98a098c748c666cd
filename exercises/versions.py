"""What a version of an exercise or a routine holds: what patients would read, and the working copy that it was made of."""

from typing import Any

from exercises.models import (
    Dose,
    Exercise,
    ExerciseFile,
    ExercisePicture,
    ExerciseVersion,
    ExerciseVideo,
    Routine,
    RoutineItem,
    RoutineVersion,
)
from kneecare.media.blocks import file_names, picture_names
from kneecare.media.models import Picture
from kneecare.publishing.snapshots import fields_of, parts_of
from kneecare.publishing.versions import NOT_KEPT

# What a page is made of besides its fields, from the top down, each with the way up to it.
PARTS: dict[Any, dict[Any, str]] = {
    Exercise: {Dose: "exercise", ExercisePicture: "parent", ExerciseVideo: "parent"},
    Routine: {RoutineItem: "routine"},
}
SAME = ["title", "summary", "author", "reviewer", "reviewed_on", "review_by"]


def fields(page):
    """The names of the fields that a version keeps."""
    many = [each for each in page._meta.many_to_many if _is_plain(each)]
    both = [*page._meta.concrete_fields, *many]
    return [field.name for field in both if field.name not in NOT_KEPT]


def parts(page):
    """The rows that ``page`` is made of, each after the one above it."""
    return [
        row
        for model, way_up in PARTS[type(page)].items()
        for row in model._base_manager.filter(**{way_up: page}).order_by("pk")
    ]


def source(page):
    """The working copy as the database has it."""
    return {"fields": fields_of(page, fields(page)), "parts": parts_of(parts(page))}


def unsaved(page, **facts):
    """A version of the working copy that is not stored; what it says of its review is right."""
    facts |= {name: getattr(page, name) for name in [*SAME, "revision"]}
    if isinstance(page, Exercise):
        place = {"progression": page.progression, "level": page.level}
        return ExerciseVersion(exercise=page, **place, **facts)
    return RoutineVersion(routine=page, **facts)


def store(page, **facts):
    """The working copy of ``page``, as the database has it, as a stored version; with a ``number`` it is one for patients."""
    page = type(page).objects.get(pk=page.pk)
    snapshot = page.snapshot()
    version = unsaved(page, data=snapshot.as_data(), source=source(page), **facts)
    version.save()
    if isinstance(page, Exercise):
        version.tags.set(page.tags.all())
        _keep_media(version, snapshot.media)
    else:
        version.exercises.set({item.exercise.pk for item in snapshot.items})
    return version


def keep(page, *, by, note=""):
    """Store the working copy as a version that is not for patients, unless the last version holds just that."""
    last = page.versions.order_by("-made_at", "-pk").first()
    state = [source(page), page.revision]
    if last is None or [last.source, last.revision] != state:
        store(page, number=None, made_by=by, note=note)


def _keep_media(version, media):
    pictures = Picture.objects.filter(name__in=picture_names(media))
    version.pictures.set(pictures)
    version.files.bulk_create(
        ExerciseFile(version=version, name=name) for name in file_names(media)
    )


def _is_plain(field):
    """Whether the link has no fields of its own, which would make rows of it that are parts."""
    return field.remote_field.through._meta.auto_created
