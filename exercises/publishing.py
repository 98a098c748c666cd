"""Publish means freeze: what patients read of an exercise or a routine is a numbered copy that no later edit touches."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from exercises.models import (
    Exercise,
    ExerciseFile,
    ExercisePublication,
    RoutinePublication,
)
from kneecare.core.models import Picture
from kneecare.core.page_media import file_names, picture_names
from kneecare.search import index


class PublishedMeanwhile(Exception):
    """Somebody else published the same page at the same moment."""


def publish(page, *, by, note=""):
    """Make the working copy of ``page``, an exercise or a routine, what patients read; return the publication.

    ``by`` is the member of staff, or ``None`` for first content. Raises ``PublishedMeanwhile`` when another
    publication took the same number first; nothing has changed then.
    """
    last = page.publications.order_by("number").last()
    number = last.number + 1 if last else 1
    try:
        with transaction.atomic():
            publication = _freeze(page, number=number, made_by=by, note=note)
            page.live = publication
            page.published_at = page.published_at or timezone.now()
            page.save(update_fields=["live", "published_at", "updated_at"])
            index.refresh(page)
    except IntegrityError as error:
        if page.publications.filter(number=number).exists():
            raise PublishedMeanwhile from error
        raise
    return publication


def take_down(page):
    """Show patients nothing of ``page`` any more; its publications stay."""
    with transaction.atomic():
        page.published_at = None
        page.save(update_fields=["published_at"])
        index.refresh(page)


def preview_of(page):
    """The working copy of ``page`` as patients would read it, and an unsaved publication that says who reviewed it."""
    return page.frozen(), _publication(page)


def _freeze(page, **facts):
    frozen = page.frozen()
    publication = _publication(page, data=frozen.as_data(), **facts)
    publication.save()
    if isinstance(page, Exercise):
        _keep_media(publication, frozen.media)
        publication.tags.set(page.tags.all())
    else:
        publication.exercises.set({item.exercise.pk for item in frozen.items})
    return publication


def _keep_media(publication, media):
    pictures = Picture.objects.filter(name__in=picture_names(media))
    publication.pictures.set(pictures)
    publication.files.bulk_create(
        ExerciseFile(publication=publication, name=name) for name in file_names(media)
    )


def _publication(page, **facts):
    same = ["title", "summary", "author", "reviewer", "reviewed_on", "review_by"]
    facts |= {name: getattr(page, name) for name in same}
    if isinstance(page, Exercise):
        place = {"progression": page.progression, "level": page.level}
        return ExercisePublication(exercise=page, **place, **facts)
    return RoutinePublication(routine=page, **facts)
