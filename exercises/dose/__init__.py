"""A dose: how much of an exercise, as a source or a clinician states it."""

from exercises.dose.amount import Amount, count
from exercises.dose.dosage import Dosage, DoseSnapshot
from exercises.dose.origin import PENDING, SET_BY, origin, provenance
from exercises.dose.wording import NOT_STATED

__all__ = [
    "NOT_STATED",
    "PENDING",
    "SET_BY",
    "Amount",
    "Dosage",
    "DoseSnapshot",
    "count",
    "origin",
    "provenance",
]
