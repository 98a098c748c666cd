"""Files of pictures and videos that nothing keeps any more: no draft, no version in any history, no portrait.

What is used is asked for before the files are listed, and a file must have lain for a while: one that is uploaded
meanwhile is too young, and is not looked at.
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import FileField, QuerySet
from django.utils import timezone

from kneecare.media import names, videos
from kneecare.media.models import Picture, Rendition
from kneecare.media.registry import FILES_KEPT
from kneecare.media.renditions import masters

FOLDER = "pictures"
SETTLED = timedelta(days=1)  # what is younger may belong to a form that is being saved


def sweep() -> None:
    """Remove all of it. Several workers may do so at once."""
    for picture in unused_pictures():
        remove(picture)
    for storage, path in stray_files():
        storage.delete(path)


def unused_pictures() -> list[Picture]:
    """The pictures that no row names. Every file field and every relation counts, whichever app it is in."""
    old = Picture.objects.filter(uploaded_at__lt=timezone.now() - SETTLED)
    used = _names_in_use()
    return [picture for picture in old if picture.name not in used]


def _names_in_use() -> set[str]:
    return {
        name
        for rows, column in _rows_in_use()
        for name in rows.order_by().values_list(column, flat=True)
    }


def _is_in_use(name: str) -> bool:
    return any(
        rows.filter(**{column: name}).exists() for rows, column in _rows_in_use()
    )


def _rows_in_use() -> Iterator[tuple[QuerySet[Any], str]]:
    """All rows that keep a file, with the column that names it."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, FileField):
                yield model._base_manager.all(), field.attname
    for relation in Picture._meta.related_objects:
        if relation.related_model is not Rendition:
            yield Picture.objects.filter(**{f"{relation.name}__isnull": False}), "name"
    if not FILES_KEPT:
        raise ImproperlyConfigured("No app says which files its versions keep.")
    for rows in FILES_KEPT:
        yield from ((each, "name") for each in rows())


def stray_files() -> Iterator[tuple[Any, str]]:
    """Pairs of a storage and the name of a file that no row has: what a failed upload left, or a replaced video."""
    kept = set(Picture.objects.values_list("name", flat=True))
    for name in _listed(masters(), FOLDER)[1]:
        path = f"{FOLDER}/{name}"
        if path not in kept and _is_settled(masters(), path):
            yield masters(), path
    for folder in _listed(default_storage, FOLDER)[0]:
        if f"{FOLDER}/{folder}.webp" in kept:
            continue
        for name in _listed(default_storage, f"{FOLDER}/{folder}")[1]:
            path = f"{FOLDER}/{folder}/{name}"
            if _is_settled(default_storage, path):
                yield default_storage, path
    yield from _stray_videos()


def _stray_videos() -> Iterator[tuple[Any, str]]:
    """Videos and their captions. They have no row of their own."""
    used = _names_in_use()
    for name in _listed(default_storage, videos.FOLDER)[1]:
        path = f"{videos.FOLDER}/{name}"
        is_unused = path not in used and _is_settled(default_storage, path)
        if is_unused and not _is_in_use(path):  # still: an old version may be back
            yield default_storage, path


def remove(picture: Picture) -> None:
    """Delete the row, then its files: a file that is left over by a crash is found as a stray one."""
    name = picture.name
    with transaction.atomic():
        held = Picture.objects.select_for_update().filter(pk=picture.pk)
        if not held or _is_in_use(name):
            return
        held.delete()
    folder = names.stem(name)
    for file in _listed(default_storage, folder)[1]:
        default_storage.delete(f"{folder}/{file}")
    with suppress(OSError):  # the worker was drawing into it: a stray one, next time
        default_storage.delete(folder)
    masters().delete(name)


def _listed(storage: Any, folder: str) -> Any:
    try:
        return storage.listdir(folder)
    except FileNotFoundError:
        return [], []


def _is_settled(storage: Any, path: str) -> bool:
    try:
        return bool(storage.get_modified_time(path) < timezone.now() - SETTLED)
    except FileNotFoundError:  # another worker was first
        return False
