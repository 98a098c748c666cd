"""One number of a dose, as clinicians state it: "10", "10 to 15", "at least 5", "about 60", "6 to 8, later 12"."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, Self

Number = int | float

ABOUT, AT_LEAST, UP_TO = "about", "at_least", "up_to"
BOUNDS = {ABOUT: "about", AT_LEAST: "at least", UP_TO: "up to"}
TOTAL, DAY, WEEK = "total", "day", "week"
SPANS = {TOTAL: "in all", DAY: "a day", WEEK: "a week"}
TIME = "seconds"
DISTANCES = ["steps", "miles", "km", "meters", "feet", "laps"]
REPS = "repetitions"


@dataclass(frozen=True)
class Quantity:
    """What an amount counts: its limits, and the units that it may have, the first of which goes without saying."""

    label: str
    least: int
    most: int
    units: tuple[str, ...] = ("",)
    has_span: bool = False  # it may be the sum of a day, of a week, or of all
    needs_unit: bool = False  # a bare number would not say what it counts


QUANTITIES = {
    "sets": Quantity("Sets", 1, 99),
    "reps": Quantity("Repetitions", 1, 999, (REPS,), has_span=True),
    "hold": Quantity("Hold", 1, 3600, (TIME,), has_span=True),
    "activity": Quantity(
        "Time or distance",
        1,
        100_000,
        (TIME, *DISTANCES),
        has_span=True,
        needs_unit=True,
    ),
    "pause": Quantity("Rest after each repetition", 0, 3600, (TIME,)),
    "rest": Quantity("Rest between sets", 0, 3600, (TIME,)),
    "per_day": Quantity("Times a day", 1, 24),
    "days": Quantity("Days a week", 1, 7),
    "weeks": Quantity("For how long", 1, 104, ("weeks", "months")),
    "effort": Quantity("Effort", 1, 100, ("of 10", "of 20", "%")),
    "pain": Quantity("Pain at most", 0, 10),
}
SAME_OR_IRREGULAR = {"": "", "km": "km", "foot": "feet"}
WORKING_UP = "working up to "
# One of several things that are done in turn.
PART = Quantity("Each part", 1, 100_000, (TIME, REPS, *DISTANCES), needs_unit=True)
TEMPO = Quantity("Tempo", 1, 60, (TIME,))
SCALE = {"of 10": 10, "of 20": 20, "%": 100}


@dataclass(frozen=True)
class Amount:
    """``low`` is ``None`` where only what to work up to is stated: ``later``, which may lie below it as well.

    ``high`` and ``later_high`` end a range. ``over`` says what the number is the sum of, where it is not for one time.
    ``unit`` is empty for the one that goes without saying; times are in seconds.
    """

    low: Number | None = None
    high: Number | None = None
    bound: str = ""
    over: str = ""
    unit: str = ""
    later: Number | None = None
    later_high: Number | None = None

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Self:
        return cls(**data)

    def as_data(self) -> dict[str, Any]:
        """For JSON: what is stated and nothing else."""
        return {
            name: value
            for name, value in asdict(self).items()
            if value is not None and value != ""
        }

    @property
    def most(self) -> Number:
        """The upper end of what is done now; of what is worked up to, where that is all there is."""
        return next(
            number
            for number in (self.high, self.low, self.later, 0)
            if number is not None
        )

    @property
    def least(self) -> Number:
        """The number that is asked for: 0 where any number up to a limit will do."""
        return 0 if self.bound == UP_TO or self.low is None else self.low

    @property
    def is_time(self) -> bool:
        return self.unit in ("", TIME)

    def words(self, noun: str = "") -> str:
        """All of it in words, with ``noun`` (in the singular) after the number: "6 to 8 repetitions (later 12)"."""
        return phrase(self, lambda low, high: counted(low, high, noun), bare)

    def duration(self) -> str:
        """The same of seconds: "about 6 seconds", "1 to 2 minutes"."""
        return phrase(self, time_span)


Span = Callable[[Number, Number | None], str]


def phrase(amount: Amount, span: Span, span_later: Span | None = None) -> str:
    """``span(low, high)`` says a number or a range; ``span_later`` what comes later, where that is said in short."""
    if amount.low is None:
        return f"{WORKING_UP}{span(amount.later or 0, amount.later_high)}"
    said = [
        BOUNDS.get(amount.bound, ""),
        span(amount.low, amount.high),
        SPANS.get(amount.over, ""),
    ]
    if amount.later is not None:
        later = (span_later or span)(amount.later, amount.later_high)
        said.append(f"(later {later})")
    return " ".join(filter(None, said))


def bare(low: Number, high: Number | None = None) -> str:
    return str(low) if high is None else f"{low} to {high}"


def counted(low: Number, high: Number | None, noun: str) -> str:
    """ "1 set", "2 to 3 sets"; a ``noun`` of "" leaves the number alone."""
    last = low if high is None else high
    return f"{bare(low, high)} {noun if last == 1 else plural(noun)}".rstrip()


def plural(noun: str) -> str:
    return SAME_OR_IRREGULAR.get(noun, f"{noun}s")


def time_span(low: Number, high: Number | None) -> str:
    """Whole minutes as minutes, all else as seconds."""
    numbers = [number for number in (low, high) if number is not None]
    if all(number and number % 60 == 0 for number in numbers):
        low, high = low // 60, None if high is None else high // 60
        return counted(low, high, "minute")
    return counted(low, high, "second")


def count(number: int, noun: str) -> str:
    return counted(number, None, noun)
