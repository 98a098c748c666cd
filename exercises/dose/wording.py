"""The words of a dose: its one sentence, its columns on a sheet, and what is left to ask."""

from typing import TYPE_CHECKING

from exercises.dose.amount import (
    QUANTITIES,
    WORKING_UP,
    Amount,
    bare,
    phrase,
    plural,
)
from exercises.dose.parts import measured, parts_words, tempo_words

if TYPE_CHECKING:
    from exercises.dose.dosage import Dosage

NOT_STATED = "How many to do: ask your clinician."
SIDES = {
    "both": "with both {many}",
    "each": "on each {one}",
    "affected": "on the affected {one}",
    "affected_first": "on the affected {one} first, then on the other",
}
SPACINGS = {
    "hourly": "every hour",
    "awake": "every hour while you are awake",
    "several": "several times a day",
    "every_other_day": "every other day",
    "days_between": "with a day off between",
}


def sentence(dose: "Dosage") -> str:
    """All numbers and limits of the dose: "2 sets of 10 to 15, 3 times a day"; what to ask where it has none."""
    return _capital(_joined(work(dose), terms(dose))) or NOT_STATED


def terms(dose: "Dosage") -> str:
    """All but what is done: the pace, the rests, how often, for how long, and the limits."""
    return _joined(
        tempo_words(dose.tempo),
        _rest(dose.pause, "after each one"),
        _rest(dose.rest, "between sets"),
        how_often(dose),
        f"for {_long(dose.weeks)}" if dose.weeks else "",
        f"at an effort of {effort(dose.effort)}" if dose.effort else "",
        f"with pain of {pain(dose.pain)}" if dose.pain else "",
    )


def _joined(*clauses: str) -> str:
    return ", ".join(filter(None, clauses))


def brief(dose: "Dosage") -> str:
    """What is done each time, or else how often, for a card; "" where the dose says neither."""
    return _capital(work(dose) or how_often(dose))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def work(dose: "Dosage") -> str:
    """What is done each time and on which side: "3 sets of 10, each held for 5 seconds, on each leg"."""
    done = _joined(_amount(dose), _held(dose), dose.as_able)
    side = SIDES.get(dose.sides, "").format(one=dose.limb, many=plural(dose.limb))
    return (", " if "," in done else " ").join(filter(None, [done, side]))


def _amount(dose: "Dosage") -> str:
    """What is done each time: "3 sets of 10"."""
    sets, reps = dose.sets, dose.reps
    if not sets or not (reps or dose.activity or dose.parts):
        return _once(dose) or (sets.words("set") if sets else "")
    if not reps:
        return f"{sets.words('set')} of {_once(dose)}"
    if reps.low is None and sets.low is None:
        return f"{sets.words('set')} of {reps.words().removeprefix(WORKING_UP)}"
    if reps.low is None or sets.low is None:
        return f"{sets.words('set')}, {_once(dose)}"
    return f"{sets.words('set')} of {reps.words()}"


def _once(dose: "Dosage") -> str:
    """What one set is."""
    if dose.reps:
        return dose.reps.words("repetition")
    if not dose.parts:
        return _activity(dose)
    whole = f"for {_activity(dose)}" if dose.activity else ""
    return _joined(parts_words(dose.parts), whole)


def _activity(dose: "Dosage") -> str:
    return measured(dose.activity) if dose.activity else ""


def _held(dose: "Dosage") -> str:
    if not dose.hold:
        return ""
    each = "each held for" if dose.reps or dose.sets else "hold for"
    return f"{each} {dose.hold.duration()}"


def _rest(amount: Amount | None, where: str) -> str:
    if not amount:
        return ""
    how_long = "no" if is_none(amount) else f"{amount.duration()} of"
    return f"with {how_long} rest {where}"


def rest(amount: Amount) -> str:
    """ "60 seconds", "up to 10 seconds", "none"."""
    return "none" if is_none(amount) else amount.duration()


def is_none(amount: Amount) -> bool:
    return amount == Amount(0)


def how_often(dose: "Dosage") -> str:
    """ "3 times a day, on 3 days a week, with a day off between"; "" where it is not stated."""
    return _joined(
        per_day(dose.per_day) if dose.per_day else "",
        days(dose.days) if dose.days else "",
        SPACINGS.get(dose.spacing, ""),
    )


def per_day(amount: Amount) -> str:
    return "once a day" if amount == Amount(1) else f"{amount.words('time')} a day"


def days(amount: Amount) -> str:
    if amount == Amount(7):
        return "every day"
    return f"on {amount.words('day')} a week"


def _long(amount: Amount) -> str:
    return amount.words((amount.unit or "weeks").rstrip("s"))


def effort(amount: Amount) -> str:
    """ "at least 5 of 10", "70% of your maximum"."""
    if amount.unit == "%":
        return (
            f"{phrase(amount, lambda low, high: f'{bare(low, high)}%')} of your maximum"
        )
    return phrase(
        amount, lambda low, high: f"{bare(low, high)} {amount.unit or 'of 10'}"
    )


def pain(amount: Amount) -> str:
    if amount.high is None:
        return f"at most {amount.words()} of 10"
    return f"{amount.words()} of 10"


def row(dose: "Dosage") -> dict[str, str]:
    """The dose in the columns of a sheet of paper: names to words, only what is stated."""
    said = {
        "sets": dose.sets.words() if dose.sets else "",
        "reps": dose.reps.words() if dose.reps else "",
        "hold": dose.hold.duration() if dose.hold else "",
        "activity": _activity(dose),
        "pause": rest(dose.pause) if dose.pause else "",
        "rest": rest(dose.rest) if dose.rest else "",
        "per_day": dose.per_day.words() if dose.per_day else "",
        "days": dose.days.words() if dose.days else "",
        "weeks": _long(dose.weeks) if dose.weeks else "",
        "effort": effort(dose.effort) if dose.effort else "",
        "pain": pain(dose.pain) if dose.pain else "",
    }
    columns = {
        **{QUANTITIES[name].label: words for name, words in said.items()},
        "In turn": parts_words(dose.parts),
        "Tempo": tempo_words(dose.tempo),
        "Words in place of a number": dose.as_able,
        "Side": SIDES.get(dose.sides, "").format(one=dose.limb, many=plural(dose.limb)),
        "How often": SPACINGS.get(dose.spacing, ""),
        **details(dose),
    }
    return {name: words for name, words in columns.items() if words}


def details(dose: "Dosage") -> dict[str, str]:
    """What stands beside the sentence, in the words of whoever stated it."""
    return {
        "With": dose.load,
        "How it changes": dose.changes,
        "Together with": dose.superset,
    }


def question(dose: "Dosage") -> str:
    """The one thing that a patient has to ask before doing it: "How long to rest"; "" for none."""
    if not dose.says_how_much:
        return "How many to do"
    return "How long to rest" if dose.rest is None and dose.rounds > 1 else ""


def not_stated(dose: "Dosage") -> list[str]:
    """Names of all that the source leaves open, for the clinician to answer."""
    is_moved = bool(dose.activity or dose.parts)
    one = dose.limb
    facts = {
        "sets": dose.sets,
        "repetitions": dose.reps or dose.hold or is_moved or dose.as_able,
        "hold": dose.hold or is_moved or dose.as_able,
        "tempo": dose.tempo or dose.hold or is_moved,
        "rest after each repetition": dose.pause is not None or not dose.hold,
        "rest between sets": dose.rest is not None,
        f"one {one} or both": dose.sides,
        "times a day": dose.per_day or dose.spacing,
        "days a week": dose.days or dose.spacing,
        "for how many weeks": dose.weeks,
        "effort": dose.effort,
        "pain limit": dose.pain,
        "weight or band": dose.load,
    }
    return [name for name, value in facts.items() if not value]
