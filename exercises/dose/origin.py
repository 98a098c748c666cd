"""Whose numbers they are."""

from typing import Any

from django.utils.formats import date_format

SET_BY = "Set by "
PENDING = "Clinical review of these numbers pending"


def provenance(signature: Any, source: str, *, is_claimed: bool) -> str:
    """Whose numbers they are, in a few words: those of the clinician who signed for them, with the day, or else a source's.

    ``is_claimed`` says that a clinician is to sign, and nobody has for the numbers as they are.
    """
    if signature:
        day = date_format(signature.signed_on, "F j, Y")
        return f"{SET_BY}{signature.clinician} on {day}"
    return source or (PENDING if is_claimed else "")


def origin(provenance: str) -> str:
    """The same as a sentence of its own; nothing where that is not said."""
    if not provenance or provenance == PENDING or provenance.startswith(SET_BY):
        return provenance
    return f"From: {provenance}"
