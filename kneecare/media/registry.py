"""Who shows a picture to visitors. An app's ``pictures`` module says so; the floor knows no app."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

SHOWN: list[Callable[[Any], QuerySet]] = []


def shows_pictures(rows):
    """Register a function from a picture's name to the published rows that show it.

    The name may be a reference to a column: the rows become part of a larger query.
    """
    SHOWN.append(rows)
    return rows
