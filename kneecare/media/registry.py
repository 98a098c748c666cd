"""Who shows a picture or a video to visitors. An app's ``pictures`` module says so; media knows no app."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

PICTURES_SHOWN: list[Callable[[Any], QuerySet]] = []
# The rows that show a file of a video to visitors, and the permission to see it before.
VIDEOS_SHOWN: list[tuple[Callable[[Any], QuerySet], str]] = []


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
