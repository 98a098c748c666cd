"""Who shows a picture or a video to visitors, and who keeps one. An app's ``pictures`` module says so; media knows no app."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import QuerySet

PICTURES_SHOWN: list[Callable[[Any], QuerySet]] = []
# The rows that show a file of a video to visitors, and the permission to see it before.
VIDEOS_SHOWN: list[tuple[Callable[[Any], QuerySet], str]] = []
# Rows that keep a file whose ``name`` they have, besides those with a file field.
RowsOfModels = Callable[[], Iterable[QuerySet]]
FILES_KEPT: list[RowsOfModels] = []


def shows_pictures(rows):
    """Register a function from a picture's name to the published rows that show it.

    The name may be a reference to a column: the rows become part of a larger query.
    """
    PICTURES_SHOWN.append(rows)
    return rows


def shows_videos(permission):
    """Register a function from a file's name to the published rows that show it."""

    def register(rows):
        VIDEOS_SHOWN.append((rows, permission))
        return rows

    return register


def keeps_files(rows: RowsOfModels) -> RowsOfModels:
    """Register a function that returns the rows, of one model each, that keep a file by its ``name``."""
    FILES_KEPT.append(rows)
    return rows
