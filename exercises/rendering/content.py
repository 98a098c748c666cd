"""What a visitor is shown of a routine: its items as published, without an exercise that has been taken down since."""

from dataclasses import replace

from django.db.models import Q

from exercises.models import Exercise
from kneecare.media import names as pictures


def shown_routines(routines):
    """``RoutineSnapshot``s ready for a page: slugs of today, and the easier and harder versions of each exercise.

    One query, however many and however long.
    """
    rows = _with_neighbours(
        {item.exercise.pk for routine in routines for item in routine.items}
    )
    return [replace(routine, items=_shown_items(routine, rows)) for routine in routines]


def shown_version(snapshot, version):
    """``snapshot`` ready for its page. The review of ``version`` holds only where all that was signed is there to see."""
    (routine,) = shown_routines([snapshot])
    if len(routine.items) < len(snapshot.items):
        version.forget_review()
    return routine


def shown_media(exercise, *, is_preview=False):
    """The pictures and videos of an ``ExerciseSnapshot`` ready for their templates; no query.

    On a preview, pictures that are not published yet carry a key in their URLs.
    """
    return [{**part, **_loaded_from(part, is_preview)} for part in exercise.media]


def _loaded_from(part, is_preview):
    if part["type"] == "video":
        return {"files": pictures.video_urls(part)}
    return {"picture": pictures.picture_urls(part, is_preview=is_preview)}


def versions(exercise):
    """The published exercises one step easier and one step harder than ``exercise``, each or ``None``; one query."""
    return _neighbours(exercise, _with_neighbours({exercise.pk}))


def _neighbours(exercise, rows):
    place = exercise.live_version or exercise
    same = [
        row
        for row in rows.values()
        if row.live_version.progression_id
        and row.live_version.progression_id == place.progression_id
    ]
    easier = [row for row in same if row.live_version.level < place.level]
    harder = [row for row in same if row.live_version.level > place.level]
    return (
        max(easier, key=_level, default=None),
        min(harder, key=_level, default=None),
    )


def _with_neighbours(ids):
    progressions = Exercise.objects.published().filter(pk__in=ids).order_by()
    wanted = Q(pk__in=ids) | Q(
        live_version__progression__in=progressions.exclude(
            live_version__progression=None
        ).values("live_version__progression")
    )
    return {row.pk: row for row in Exercise.objects.published().filter(wanted)}


def _shown_items(routine, rows):
    return [
        _shown_item(item, rows) for item in routine.items if item.exercise.pk in rows
    ]


def _shown_item(item, rows):
    row = rows[item.exercise.pk]
    easier, harder = _neighbours(row, rows)
    return replace(
        item,
        exercise=replace(item.exercise, slug=row.slug),
        easier=easier and easier.shown,
        harder=harder and harder.shown,
    )


def _level(exercise):
    return exercise.live_version.level
