"""How an amount is typed, and how it stands in a form: "10-15", "at least 30 s", "up to 10", "1-2 min", "6-8, then 12"."""

import re
from decimal import Decimal
from typing import Any

from exercises.dose.amount import (
    ABOUT,
    AT_LEAST,
    BOUNDS,
    DAY,
    DISTANCES,
    QUANTITIES,
    REPS,
    SCALE,
    SPANS,
    TIME,
    TOTAL,
    UP_TO,
    WEEK,
    Amount,
    Number,
    Quantity,
)

BOUND_WORDS = {
    **dict.fromkeys(["about", "around", "approximately", "circa", "ca", "~"], ABOUT),
    **dict.fromkeys(["at least", "minimum", "min", "≥", ">="], AT_LEAST),
    **dict.fromkeys(
        ["up to", "at most", "no more than", "maximum", "max", "≤", "<="], UP_TO
    ),
}
SPAN_WORDS = {
    **dict.fromkeys(["in all", "in total", "total"], TOTAL),
    **dict.fromkeys(["a day", "per day", "/day", "/ day", "daily"], DAY),
    **dict.fromkeys(["a week", "per week", "/week", "/ week", "weekly"], WEEK),
}
# Each unit as it may be typed, with how many of ours it is.
UNITS: dict[str, tuple[str, int]] = {
    **dict.fromkeys(["s", "sec", "secs", "second", "seconds"], (TIME, 1)),
    **dict.fromkeys(["min", "mins", "minute", "minutes"], (TIME, 60)),
    **dict.fromkeys(["h", "hr", "hrs", "hour", "hours"], (TIME, 3600)),
    **{unit: (unit, 1) for unit in DISTANCES},
    **{"step": ("steps", 1), "mile": ("miles", 1), "mi": ("miles", 1)},
    **{"kilometer": ("km", 1), "kilometers": ("km", 1), "meter": ("meters", 1)},
    **{"foot": ("feet", 1), "ft": ("feet", 1), "lap": ("laps", 1)},
    **dict.fromkeys(["rep", "reps", "repetition", "repetitions"], (REPS, 1)),
    **dict.fromkeys(["wk", "wks", "week", "weeks"], ("weeks", 1)),
    **dict.fromkeys(["month", "months"], ("months", 1)),
    **dict.fromkeys(["%", "percent", "% of maximum"], ("%", 1)),
    **dict.fromkeys(["of 10", "/10", "/ 10", "out of 10"], ("of 10", 1)),
    **dict.fromkeys(["of 20", "/20", "/ 20", "out of 20"], ("of 20", 1)),
}
IGNORED = {"set", "sets", "time", "times", "x", "day", "days"}
SHOWN = {TIME: "s", REPS: "reps"}


def _any(words: Any) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_NUMBER = r"\d+(?:\.\d{1,2})?"
_UNIT = rf"(?:{_any([*UNITS, *IGNORED])})(?![a-z])"
_LATER = r"(?:,|;|\(|->|→)?\s*(?:then|later|progressing to|work(?:ing)? up to|build(?:ing)? (?:up )?to)\s+"


def _range(name: str) -> str:
    return rf"(?P<{name}>{_NUMBER})\s*(?P<{name}_unit>{_UNIT})?(?:\s*(?:[-\u2013\u2014]|to)\s*(?P<{name}_high>{_NUMBER})\s*(?P<{name}_high_unit>{_UNIT})?)?"


AMOUNT = re.compile(
    rf"(?:(?P<bound>{_any(BOUND_WORDS)})\s*)?{_range('low')}\s*(?P<over>{_any(SPAN_WORDS)})?\s*(?:{_LATER}{_range('later')}\)?)?",
    re.IGNORECASE,
)
ONLY_LATER = re.compile(rf"{_LATER}{_range('later')}", re.IGNORECASE)
# The same among other words.
AMOUNT_INSIDE = re.compile(
    rf"(?:(?<![a-z])(?:{_any(BOUND_WORDS)})\s*)?{_range('low')}", re.IGNORECASE
)
EXAMPLES = "3, 10-15, at least 5, up to 10, about 60, or 6-8, then 12"


class Unreadable(ValueError):
    """What was typed is no amount; says what would be."""


def read(text: str, quantity: Quantity) -> Amount:
    """The amount that ``text`` states of ``quantity``; raises ``Unreadable`` for what is none, or cannot be."""
    words = " ".join(text.lower().split())
    found = AMOUNT.fullmatch(words) or ONLY_LATER.fullmatch(words)
    if not found:
        raise Unreadable(f"Type it like one of these: {EXAMPLES}.")
    amount = _made(found.groupdict(), quantity)
    wrong = problem(amount, quantity)
    if wrong:
        raise Unreadable(wrong)
    return amount


ENDS = ["low", "low_high", "later", "later_high"]


def _made(said: dict[str, str | None], quantity: Quantity) -> Amount:
    units = _units(said, quantity)
    names = {unit[0] for unit in units if unit}
    if len(names) > 1 or (not names and quantity.needs_unit):
        raise Unreadable("Say of what, once: 5 min, 30 s, 3000 steps or 1 mile.")
    name = next(iter(names), quantity.units[0])
    low, high, later, later_high = (
        _number(said.get(end), unit[1] if unit else 1, name)
        for end, unit in zip(ENDS, units, strict=True)
    )
    return Amount(
        low=low,
        high=high,
        bound=BOUND_WORDS.get(said.get("bound") or "", ""),
        over=SPAN_WORDS.get(said.get("over") or "", ""),
        unit="" if name == quantity.units[0] else name,
        later=later,
        later_high=later_high,
    )


def _units(said: dict[str, str | None], quantity: Quantity) -> list[Any]:
    """The unit of each end with how many of ours it is: the one behind it, else that of the other end, else the earlier one."""
    own = [_unit(said.get(f"{end}_unit"), quantity) for end in ENDS]
    now, later = own[0] or own[1], own[2] or own[3]
    if said.get("low") and later and not now:
        raise Unreadable("Give a unit to both numbers.")
    return [
        own[0] or now,
        own[1] or now,
        own[2] or later or now,
        own[3] or later or now,
    ]


def _unit(typed: str | None, quantity: Quantity) -> tuple[str, int] | None:
    if typed is None or typed in IGNORED:
        return None
    if UNITS[typed][0] not in quantity.units:
        raise Unreadable(f"“{typed}” does not fit here.")
    return UNITS[typed]


def _number(typed: str | None, factor: int, unit: str) -> Number | None:
    if typed is None:
        return None
    number = Decimal(typed) * factor
    if number == number.to_integral_value():
        return int(number)
    if unit not in DISTANCES:
        raise Unreadable("Give a whole number.")
    return float(number)


def problem(amount: Amount, quantity: Quantity) -> str:
    """Why there can be no such amount, in a sentence; "" where there can."""
    label, most = quantity.label, SCALE.get(unit_of(amount, quantity), quantity.most)
    given = [amount.low, amount.high, amount.later, amount.later_high]
    numbers = [number for number in given if number is not None]
    ranges = [(amount.low, amount.high), (amount.later, amount.later_high)]
    if any(
        low is not None and high is not None and high <= low for low, high in ranges
    ):
        return "A range runs upward, such as 10-15."
    if amount.low is not None and amount.low == amount.later and not amount.later_high:
        return "What comes later is another number."
    if any(number > most for number in numbers):
        return f"{label}: {most} at the most."
    if any(
        number < quantity.least and not _is_share(number, amount) for number in numbers
    ):
        return f"{label} start{'' if label.endswith('s') else 's'} at {quantity.least}. Leave the field empty for not stated."
    if amount.over and not quantity.has_span:
        return f"{label}: leave “{SPANS[amount.over]}” out."
    return ""


def _is_share(number: Number, amount: Amount) -> bool:
    """Half a mile is less than one, and something."""
    return amount.unit in DISTANCES and number > 0


def unit_of(amount: Amount, quantity: Quantity) -> str:
    return amount.unit or quantity.units[0]


def typed(amount: Amount, quantity: Quantity) -> str:
    """As it stands in a form: what ``read`` reads again."""
    unit, factor = unit_of(amount, quantity), 1
    unit = "" if quantity.units == (REPS,) else SHOWN.get(unit, unit)
    given = [amount.low, amount.high, amount.later, amount.later_high]
    if unit == "s":
        numbers = [number for number in given if number is not None]
        if numbers and all(number and number % 60 == 0 for number in numbers):
            unit, factor = "min", 60
    later = _ends(amount.later, amount.later_high, factor, unit)
    said = [
        BOUNDS.get(amount.bound, ""),
        _ends(amount.low, amount.high, factor, unit),
        SPANS.get(amount.over, ""),
    ]
    now = " ".join(filter(None, said))
    return ", ".join(filter(None, [now, f"then {later}" if later else ""]))


def _ends(low: Number | None, high: Number | None, factor: int, unit: str) -> str:
    ends = [
        str(number // factor if factor > 1 else number)
        for number in (low, high)
        if number is not None
    ]
    return f"{'-'.join(ends)} {unit}".rstrip() if ends else ""


def amount_of(value: Any, name: str) -> Amount | None:
    """An amount of the quantity ``name`` from whatever states one: a number, words, a range as a list, or JSON."""
    if value is None or value == "" or isinstance(value, Amount):
        return value or None
    if isinstance(value, dict):
        return Amount.from_data(value)
    if isinstance(value, list | tuple):
        low, high = value if len(value) == 2 else (value[0], None)
        return Amount(low, high)
    if isinstance(value, int | float):
        return Amount(value)
    return read(value, QUANTITIES[name])
