"""The pictures and videos that a version shows: known to it, so that their addresses end with the page."""

from typing import Any, Self

from django.db import models

from kneecare.media.blocks import file_names, picture_names
from kneecare.media.models import Picture


class VersionFileQuerySet(models.QuerySet[Any]):
    def published(self) -> Self:
        """What visitors may load now."""
        versions: Any = self.model._meta.get_field("version").related_model
        return self.filter(version__in=versions.objects.published())


class VersionFile(models.Model):
    """A file of a video in a ``version``, to which each kind links as ``files``."""

    name = models.CharField(max_length=100, db_index=True)

    objects = VersionFileQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["version", "name"], name="%(class)ss_are_named_once_a_version"
            ),
        ]

    def __str__(self) -> str:
        return self.name


def link_media(version: Any, media: list[dict[str, Any]]) -> None:
    """Store which ``pictures`` and ``files`` a stored version shows in ``media``: snapshots, perhaps among others."""
    version.pictures.set(Picture.objects.filter(name__in=picture_names(media)))
    version.files.bulk_create(
        version.files.model(version=version, name=name) for name in file_names(media)
    )
