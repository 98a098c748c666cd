"""What the player does with a dose, step by step. The numbers of the work are the dose's; the pauses are ours."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from exercises.dose import Dosage

# The pace of the player and no part of the dose: seconds to take position, to let go between two holds, to change
# legs, and for one repetition that nobody has timed. The patient changes the last one.
READY, RELEASE, SWITCH, TEMPO = 5, 3, 5, 4

GET_READY, REPS, HOLD, AS_ABLE, LET_GO, SWITCH_LEGS, REST = (
    "ready",
    "reps",
    "hold",
    "as_able",
    "let_go",
    "switch",
    "rest",
)


@dataclass(frozen=True)
class Step:
    """One thing to do. ``seconds`` is ``None`` where the patient says when it is over."""

    kind: str
    seconds: int | None = None
    round: int = 1
    leg: int = 0  # 1 and 2 where each leg has its turn, else 0
    rep: int = 0  # which hold of a round it is, from 1
    reps_from: int = 0
    reps_to: int = 0
    is_extra: bool = False  # beyond the lower end of a range: do it if you can

    def lasts(self, tempo: int) -> int:
        """Seconds, at ``tempo`` seconds a repetition; 0 for what goes at the patient's own pace."""
        return self.seconds or (self.reps_to or self.reps_from) * tempo


def player_script(dose: "Dosage") -> list[Step]:
    """The steps of a ``Dosage`` that states something: get ready, work, switch legs, rest, and no rest at the end."""
    steps = [Step(GET_READY, READY)]
    for number in range(1, dose.rounds + 1):
        if number > 1:
            steps += _rest(dose, number)
        steps += _round(dose, number)
    return steps


def _rest(dose: "Dosage", number: int) -> list[Step]:
    """The rest before round ``number``; one of no seconds is none at all."""
    if dose.rest_seconds == 0:
        return [Step(GET_READY, READY, round=number)]
    return [
        Step(REST, dose.rest_seconds, round=number),
        Step(GET_READY, READY, round=number),
    ]


def _round(dose: "Dosage", number: int) -> list[Step]:
    if dose.legs == 1:
        return _work(dose, number, leg=0)
    switch = Step(SWITCH_LEGS, SWITCH, round=number, leg=2)
    return [*_work(dose, number, leg=1), switch, *_work(dose, number, leg=2)]


def _work(dose: "Dosage", number: int, leg: int) -> list[Step]:
    if dose.hold_seconds:
        return _holds(dose, dose.hold_seconds, number, leg)
    if dose.reps_from:
        upper = dose.reps_to or 0
        return [Step(REPS, None, number, leg, reps_from=dose.reps_from, reps_to=upper)]
    return [Step(AS_ABLE, None, number, leg)]


def _holds(dose: "Dosage", seconds: int, number: int, leg: int) -> list[Step]:
    steps = []
    for rep in range(1, (dose.most_reps or 1) + 1):
        is_extra = rep > (dose.reps_from or 1)
        if rep > 1:
            steps.append(Step(LET_GO, RELEASE, number, leg, rep, is_extra=is_extra))
        steps.append(Step(HOLD, seconds, number, leg, rep, is_extra=is_extra))
    return steps
