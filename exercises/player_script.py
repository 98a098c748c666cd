"""What the player does with a dose, step by step. The numbers of the work are the dose's; the pauses are ours."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from exercises.dose.amount import UP_TO, Amount
from exercises.dose.parts import EACH, PAUSE, Part, measured

if TYPE_CHECKING:
    from exercises.dose.dosage import Dosage

# The pace of the player and no part of the dose: seconds to take position, to let go between two holds, to change
# legs, and for one repetition that nobody has timed. The patient changes the last one.
READY, RELEASE, SWITCH, TEMPO = 5, 3, 5, 4

GET_READY, REPS, HOLD, MOVE, AS_ABLE, OPEN, LET_GO, SWITCH_LEGS, REST = (
    "ready",
    "reps",
    "hold",
    "move",
    "as_able",
    "open",
    "let_go",
    "switch",
    "rest",
)
WORK = {REPS, HOLD, MOVE, AS_ABLE, OPEN}


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
    enough: int = 0  # seconds after which it may be over, where that is sooner
    bound: str = ""  # "about", "at_least" or "up_to" of what is counted
    words: str = ""  # what it is, where the exercise alone does not say it
    tempo: tuple[tuple[str, int], ...] = ()  # the phases of one repetition
    pause: int = 0  # seconds of rest after each repetition
    is_affected: bool = False  # with the affected side

    def lasts(self, tempo: int) -> int:
        """Seconds, at ``tempo`` seconds a repetition; 0 for what goes at the patient's own pace."""
        if self.kind != REPS:
            return self.seconds or 0
        one = sum(seconds for _, seconds in self.tempo) or tempo
        return (self.reps_to or self.reps_from) * (one + self.pause)


def player_script(dose: "Dosage") -> list[Step]:
    """The steps of a ``Dosage`` that states something: get ready, work, switch legs, rest, and no rest at the end."""
    needed = max(1, int(dose.sets.least)) if dose.sets else 1
    steps = [Step(GET_READY, READY)]
    for number in range(1, dose.rounds + 1):
        round_ = [*(_rest(dose, number) if number > 1 else []), *_round(dose, number)]
        if number > needed:
            round_ = [replace(step, is_extra=True) for step in round_]
        steps += round_
    return steps


def _rest(dose: "Dosage", number: int) -> list[Step]:
    """The rest before round ``number``; one of no seconds is none at all."""
    ready = Step(GET_READY, READY, round=number)
    if dose.rest is None:
        return [Step(REST, round=number), ready]
    return [_timed(REST, dose.rest, round=number), ready] if dose.rest.most else [ready]


def _round(dose: "Dosage", number: int) -> list[Step]:
    if dose.legs == 1:
        work = _work(dose)
        turns = [[replace(each, is_affected=dose.sides == "affected") for each in work]]
    else:
        first = dose.sides == "affected_first"
        turns = [
            [replace(each, leg=1, is_affected=first) for each in _work(dose)],
            [Step(SWITCH_LEGS, SWITCH, leg=2)],
            [replace(each, leg=2) for each in _work(dose)],
        ]
    return [replace(step, round=number) for turn in turns for step in turn]


def _work(dose: "Dosage") -> list[Step]:
    """One set on one side."""
    if dose.parts:
        return _parts(dose)
    if dose.activity:
        return [_activity(dose.activity, dose.as_able)]
    if dose.hold and not _is_phase(dose):
        return _holds(dose, dose.hold)
    if dose.reps:
        return [_reps(dose, dose.reps)]
    if dose.as_able:
        return [Step(AS_ABLE, words=dose.as_able)]
    return [Step(OPEN)]


def _is_phase(dose: "Dosage") -> bool:
    """Whether the hold is a part of each repetition, of which the way there and back are timed as well."""
    return bool(dose.reps and dose.tempo and dose.tempo[0].words != EACH)


def _reps(dose: "Dosage", reps: Amount) -> Step:
    """Where words say when to stop, nothing is counted: they are what the clinician asked for."""
    step = Step(
        AS_ABLE if dose.as_able else REPS,
        reps_from=int(reps.most if reps.low is None else reps.low),
        reps_to=int(reps.high or 0),
        bound=_bound(reps),
        words=dose.as_able,
    )
    if dose.as_able:
        return step
    pause = int(dose.pause.most) if dose.pause else 0
    return replace(step, tempo=_phases(dose), pause=pause)


def _phases(dose: "Dosage") -> tuple[tuple[str, int], ...]:
    phases = [(part.words, int(part.amount.most)) for part in dose.tempo or ()]
    if dose.hold and _is_phase(dose):
        phases.insert(1, (PAUSE, int(dose.hold.most)))
    return tuple(phases)


def _holds(dose: "Dosage", hold: Amount) -> list[Step]:
    needed = max(1, int(dose.reps.least)) if dose.reps else 1
    steps: list[Step] = []
    for rep in range(1, (dose.most_reps or 1) + 1):
        is_extra = rep > needed
        if rep > 1:
            steps += _let_go(dose.pause, rep, is_extra)
        held = _timed(HOLD, hold, rep=rep, is_extra=is_extra)
        steps.append(replace(held, words=dose.as_able))
    return steps


def _let_go(pause: Amount | None, rep: int, is_extra: bool) -> list[Step]:
    if pause is None:
        return [Step(LET_GO, RELEASE, rep=rep, is_extra=is_extra)]
    step = _timed(LET_GO, pause, rep=rep, is_extra=is_extra)
    return [step] if step.seconds else []


def _parts(dose: "Dosage") -> list[Step]:
    steps = [_part(part) for part in dose.parts or ()]
    once = [step.seconds for step in steps if step.kind == MOVE and step.seconds]
    if not dose.activity:
        return steps
    is_timed = dose.activity.is_time and len(once) == len(steps)
    if is_timed and not dose.activity.over:
        return steps * max(1, int(dose.activity.most) // sum(once))
    return [*steps, Step(MOVE, words=f"go on in turn: {measured(dose.activity)}")]


def _part(part: Part) -> Step:
    if part.is_reps:
        amount = part.amount
        return Step(
            REPS,
            reps_from=int(amount.low or 0),
            reps_to=int(amount.high or 0),
            bound=amount.bound,
            words=part.words,
        )
    return _activity(part.amount, part.words)


def _activity(amount: Amount, words: str) -> Step:
    """With a clock where it is a time; a distance, and what a day or a week sums up to, end when the patient says so."""
    if amount.is_time and amount.over in ("", "total"):
        return replace(_timed(MOVE, amount), words=words)
    return Step(MOVE, words=", ".join(filter(None, [words, measured(amount)])))


def _timed(
    kind: str, amount: Amount, *, round: int = 1, rep: int = 0, is_extra: bool = False
) -> Step:
    """As long as the upper end, with where it is enough; what has no upper end lasts as long as it must."""
    return Step(
        kind,
        int(amount.most),
        round=round,
        rep=rep,
        is_extra=is_extra,
        enough=int(amount.low or 0) if amount.high is not None else 0,
        bound=_bound(amount),
    )


def _bound(amount: Amount) -> str:
    return UP_TO if amount.low is None else amount.bound
