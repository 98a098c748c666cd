"""Pictures that nothing keeps any more: no working copy, no version in any history, no portrait."""

from datetime import timedelta

from django.apps import apps
from django.core.files.storage import default_storage
from django.utils import timezone

from kneecare.media import names
from kneecare.media.fields import PictureField
from kneecare.media.models import Picture, Rendition
from kneecare.media.renditions import masters

FOLDER = "pictures"
SETTLED = timedelta(days=1)  # what is younger may belong to a form that is being saved


def unused_pictures():
    """The pictures that no row names. Every picture field and every relation counts, whichever app it is in."""
    old = Picture.objects.filter(uploaded_at__lt=timezone.now() - SETTLED)
    used = set(_names_in_use())
    return [picture for picture in old if picture.name not in used]


def _names_in_use():
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, PictureField):
                yield from model._base_manager.values_list(field.attname, flat=True)
    for relation in Picture._meta.related_objects:
        if relation.related_model is not Rendition:
            rows = Picture.objects.filter(**{f"{relation.name}__isnull": False})
            yield from rows.values_list("name", flat=True)


def stray_files():
    """Pairs of a storage and the name of a file that belongs to no picture: what an upload that failed left behind."""
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


def remove(picture):
    """Delete the row, then its files: a file that is left over by a crash is found as a stray one."""
    name = picture.name
    picture.delete()
    folder = names.stem(name)
    for file in _listed(default_storage, folder)[1]:
        default_storage.delete(f"{folder}/{file}")
    default_storage.delete(folder)
    masters().delete(name)


def _listed(storage, folder):
    try:
        return storage.listdir(folder)
    except FileNotFoundError:
        return [], []


def _is_settled(storage, path):
    return storage.get_modified_time(path) < timezone.now() - SETTLED
