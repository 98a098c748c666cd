"""The doses and the pain guide of a handout: where they start from, and where their numbers come from."""

from dataclasses import fields

from exercises.dose import PENDING, DoseSnapshot

WORDS = ["note", "provenance", "limb"]  # what is no number of the dose
NUMBERS = [field.name for field in fields(DoseSnapshot) if field.name not in WORDS]


def starting_rows(routine):
    """The exercises of a ``RoutineSnapshot`` with their doses, as patients read them: first values for a handout's rows."""
    return [
        {
            "exercise": item.exercise.pk,
            "position": position,
            "note": item.dose.note,
            **_numbers(item.dose),
        }
        for position, item in enumerate(routine.items, 1)
    ]


def complete_dose(item, *, known, clinician, on):
    """Complete a row that somebody has filled in, and say where its numbers come from.

    With no numbers it gets the exercise's own dose. Numbers that stand in one of the ``known`` doses come from
    there; all others are to be signed by ``clinician``, since the day ``on``.
    """
    own = item.exercise.shown.dose
    if not any(_numbers(item).values()):
        _copy(own, item)
    numbers = _numbers(item)
    if not any(numbers.values()):
        item.source, item.set_by, item.set_on = "", None, None
        return
    settled = [dose for dose in [*known, own] if dose.provenance != PENDING]
    same = [dose for dose in settled if _numbers(dose) == numbers]
    item.source = same[0].provenance if same else ""
    item.set_by, item.set_on = (None, None) if same else (clinician, on)


def complete_pain_guide(handout, *, known, on):
    """Say whose the limits of the pain guide are: the ``known`` routine's that has the same, else the clinician's, set ``on`` that day."""
    handout.pain_source, handout.pain_set_by, handout.pain_set_on = "", None, None
    if handout.green_to is None:
        return
    limits = handout.green_to, handout.amber_to
    same = [each for each in known if (each.green_to, each.amber_to) == limits]
    if same and same[0].pain_provenance:
        handout.pain_source = same[0].pain_provenance
    else:
        handout.pain_set_by, handout.pain_set_on = handout.clinician, on


def _copy(dose, item):
    for name, value in _numbers(dose).items():
        setattr(item, name, value)
    item.note = item.note or dose.note


def _numbers(dose):
    return {name: getattr(dose, name) for name in NUMBERS}
