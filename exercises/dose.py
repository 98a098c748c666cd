"""What a dose means. Everything that a patient is told of it, on any page or sheet, comes from here."""

from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any, Self

from django.utils.formats import date_format

from exercises.player_script import TEMPO, Step, player_script

SET_BY = "Set by "
NOT_STATED = "Dose not stated. Ask your clinician how many to do."
SIDES = {"each": "on each leg", "both": "with both legs"}


class Dosage:
    """The words and the player's script of a dose; mixed into whatever holds its numbers, each of which may be ``None``.

    Seconds are whole seconds, ``reps_to`` ends a range that ``reps_from`` begins, ``sides`` is "each", "both" or "",
    and ``as_able`` is what a clinician says instead of a number.
    """

    sets: int | None
    reps_from: int | None
    reps_to: int | None
    hold_seconds: int | None
    rest_seconds: int | None
    sides: str
    days_per_week: int | None
    load: str
    note: str
    as_able: str

    def sentence(self) -> str:
        """The dose as a patient reads it: "2 sets of 10 to 15", "30 seconds on each leg"."""
        amount = self._amount()
        if not amount:
            return NOT_STATED
        return " ".join(filter(None, [amount, SIDES.get(self.sides), self.days()]))

    def not_stated(self) -> list[str]:
        """Names of what the source leaves open, for the patient to ask about and the clinician to answer."""
        facts = {
            "sets": self.sets,
            "repetitions": self.reps_from or self.hold_seconds or self.as_able,
            "hold": self.hold_seconds or self.as_able,
            "rest": self.rest_seconds is not None,
            "one leg or both": self.sides,
            "days a week": self.days_per_week,
        }
        return [name for name, value in facts.items() if not value]

    @property
    def is_stated(self) -> bool:
        return bool(self.reps_from or self.hold_seconds or self.as_able)

    @property
    def rounds(self) -> int:
        """How often the work is done from start to end: once where the sets are not stated."""
        return self.sets or 1

    @property
    def legs(self) -> int:
        """How often each round is done: twice when each leg has its turn."""
        return 2 if self.sides == "each" else 1

    @property
    def most_reps(self) -> int:
        """The repetitions of a round, the upper end of a range; 0 where none are stated."""
        return self.reps_to or self.reps_from or 0

    def steps(self) -> list[Step]:
        """The player's script: a list of ``Step``; empty while the dose says nothing to do."""
        return player_script(self) if self.is_stated else []

    def seconds(self, tempo: int = TEMPO) -> int:
        """How long the script takes, ``tempo`` being seconds a repetition; what goes at the patient's own pace counts 0."""
        return sum(step.lasts(tempo) for step in self.steps())

    def minutes(self) -> int | None:
        """Whole minutes, at least 1, at the player's usual pace; ``None`` where nothing in the dose can be timed."""
        seconds = self.seconds()
        return max(1, round(seconds / 60)) if seconds else None

    def reps(self) -> str:
        """The repetitions alone: "10 to 15", "15" or ""."""
        if not self.reps_from:
            return ""
        return (
            f"{self.reps_from} to {self.reps_to}"
            if self.reps_to
            else str(self.reps_from)
        )

    def hold(self) -> str:
        """The hold alone: "30 seconds" or ""."""
        return count(self.hold_seconds, "second") if self.hold_seconds else ""

    def rest(self) -> str:
        """The rest between sets alone: "60 seconds", "none" or ""."""
        if self.rest_seconds is None:
            return ""
        return count(self.rest_seconds, "second") if self.rest_seconds else "none"

    def days(self) -> str:
        """On how many days a week: "on 3 days a week" or ""."""
        return (
            f"on {count(self.days_per_week, 'day')} a week"
            if self.days_per_week
            else ""
        )

    def row(self) -> dict[str, str]:
        """The dose in the columns of a sheet of paper: names to words, only what is stated."""
        columns = {
            "Sets": str(self.sets or ""),
            "Repetitions": self.reps() or self.as_able,
            "Hold": self.hold(),
            "Side": {"each": "each leg", "both": "both legs"}.get(self.sides, ""),
            "Rest between sets": self.rest(),
            "Days a week": str(self.days_per_week or ""),
            "With": self.load,
        }
        return {name: words for name, words in columns.items() if words}

    def _amount(self) -> str:
        once = ", ".join(filter(None, [self._done(), self._held()]))
        if not self.sets or not once:
            return once
        if once == self.as_able:
            return f"{count(self.sets, 'set')}, {once}"
        return f"{count(self.sets, 'set')} of {once}"

    def _done(self) -> str:
        if not self.reps_from:
            return self.as_able
        if self.sets:
            return self.reps()
        return f"{self.reps()} repetition{'' if self.most_reps == 1 else 's'}"

    def _held(self) -> str:
        if not self.hold_seconds:
            return ""
        return f"held for {self.hold()}" if self._done() else self.hold()


@dataclass(frozen=True)
class DoseSnapshot(Dosage):
    """The numbers of a dose at one moment, and the words on where they come from."""

    sets: int | None = None
    reps_from: int | None = None
    reps_to: int | None = None
    hold_seconds: int | None = None
    rest_seconds: int | None = None
    sides: str = ""
    days_per_week: int | None = None
    load: str = ""
    note: str = ""
    as_able: str = ""
    provenance: str = ""

    @classmethod
    def of(cls, dose: Any) -> Self:
        """Of anything that holds the numbers of a dose and says its ``provenance``."""
        return cls(**{field.name: getattr(dose, field.name) for field in fields(cls)})

    def origin(self) -> str:
        """Where the dose comes from, as a sentence of its own; nothing where that is not said."""
        return origin(self.provenance)

    def as_data(self) -> dict[str, Any]:
        """For JSON; ``DoseSnapshot(**data)`` reads it again."""
        return asdict(self)


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


def count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
