"""Whose numbers they are."""

from datetime import date
from typing import Any

from django.utils.formats import date_format

SET_BY = "Set by "


def provenance(set_by: Any, set_on: date | None, source: str) -> str:
    """Whose numbers they are, in a few words: a clinician's with the day, or else a source's."""
    if set_by and set_on:
        return f"{SET_BY}{set_by} on {date_format(set_on, 'F j, Y')}"
    return source


def origin(provenance: str) -> str:
    """The same as a sentence of its own; nothing where that is not said."""
    if not provenance or provenance.startswith(SET_BY):
        return provenance
    return f"From: {provenance}"
