"""What is kept for good: ``save()``, ``update()`` and ``delete()`` refuse to touch a stored row, and so does the database (see ``triggers``)."""

from typing import Any

from django.db import models

from kneecare.publishing.exceptions import Immutable


class WrittenOnceQuerySet(models.QuerySet[Any]):
    def update(self, **values: Any) -> int:
        raise Immutable

    def delete(self) -> Any:
        raise Immutable


class WrittenOnce(models.Model):
    """Never changed nor deleted, as the database says too: see ``triggers``."""

    objects = WrittenOnceQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **options: Any) -> None:
        if not self._state.adding:
            raise Immutable
        super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> Any:
        raise Immutable
