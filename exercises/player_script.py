"""What the player does with a dose, step by step. The numbers of the work are the dose's; the pauses are ours."""

from dataclasses import dataclass

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

    def lasts(self, tempo):
        """Seconds, at ``tempo`` seconds a repetition; 0 for what goes at the patient's own pace."""
        return self.seconds or (self.reps_to or self.reps_from) * tempo


def script(dose):
    """The steps of a ``Dosage`` that states something: get ready, work, switch legs, rest, and no rest at the end."""
    steps = [Step(GET_READY, READY)]
    for number in range(1, dose.rounds + 1):
        if number > 1:
            steps += _rest(dose, number)
        steps += _round(dose, number)
    return steps


def _rest(dose, number):
    """The rest before round ``number``; one of no seconds is none at all."""
    if dose.rest_seconds == 0:
        return [Step(GET_READY, READY, round=number)]
    return [
        Step(REST, dose.rest_seconds, round=number),
        Step(GET_READY, READY, round=number),
    ]


def _round(dose, number):
    if dose.legs == 1:
        return _work(dose, number, leg=0)
    switch = Step(SWITCH_LEGS, SWITCH, round=number, leg=2)
    return [*_work(dose, number, leg=1), switch, *_work(dose, number, leg=2)]


def _work(dose, number, leg):
    where = {"round": number, "leg": leg}
    if dose.hold_seconds:
        return _holds(dose, where)
    if dose.reps_from:
        return [
            Step(REPS, reps_from=dose.reps_from, reps_to=dose.reps_to or 0, **where)
        ]
    return [Step(AS_ABLE, **where)]


def _holds(dose, where):
    steps = []
    for rep in range(1, (dose.most_reps or 1) + 1):
        is_extra = rep > (dose.reps_from or 1)
        if rep > 1:
            steps.append(Step(LET_GO, RELEASE, rep=rep, is_extra=is_extra, **where))
        steps.append(Step(HOLD, dose.hold_seconds, rep=rep, is_extra=is_extra, **where))
    return steps
