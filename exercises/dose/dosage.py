"""What a dose means. Everything that a patient is told of it, on any page or sheet, comes from here."""

from dataclasses import dataclass, fields
from typing import Any, Self

from exercises.dose import wording
from exercises.dose.amount import QUANTITIES, Amount
from exercises.dose.origin import origin
from exercises.dose.parsing import amount_of
from exercises.dose.parts import Parts, parts_of, read_parts, read_tempo
from exercises.player_script import TEMPO, Step, player_script

HOW_MUCH = ["reps", "hold", "activity", "parts", "as_able"]
HOW_OFTEN = ["per_day", "days", "spacing"]
# A dose that has none of these tells nobody to do anything.
STATING = ["sets", *HOW_MUCH, *HOW_OFTEN]


class Dosage:
    """The words and the player's script of a dose; mixed into whatever holds its parts, each of which may be empty.

    An ``Amount`` is one number, a range or a limit; ``None`` means that it is not stated. ``parts`` are done in turn in
    the place of repetitions. ``sides`` and ``spacing`` are names from ``wording``; ``as_able`` is what is said instead of
    a number or about it, ``changes`` how the dose grows or whom it is different for.
    """

    sets: Amount | None
    reps: Amount | None
    hold: Amount | None
    activity: Amount | None
    parts: Parts | None
    tempo: Parts | None
    pause: Amount | None
    rest: Amount | None
    sides: str
    per_day: Amount | None
    days: Amount | None
    spacing: str
    weeks: Amount | None
    effort: Amount | None
    pain: Amount | None
    as_able: str
    load: str
    changes: str
    superset: str
    note: str

    @property
    def limb(self) -> str:
        """What has two sides, in the singular: "leg", "arm"."""
        raise NotImplementedError

    def sentence(self) -> str:
        """The dose as a patient reads it: "2 sets of 10 to 15", "Hold for 30 seconds on each leg"."""
        return wording.sentence(self)

    def in_two(self) -> tuple[str, str]:
        """The sentence in what is done and all else, for who shows the first of them larger."""
        said, done = self.sentence(), len(wording.work(self))
        return (said[:done], said[done:]) if done else (said, "")

    def brief(self) -> str:
        """How much, or else how often, for a card or a list; "" where neither is stated."""
        return wording.brief(self)

    def details(self) -> list[tuple[str, str]]:
        """What stands beside the sentence, each with its label."""
        return [pair for pair in wording.details(self).items() if pair[1]]

    def question(self) -> str:
        """What a patient has to ask first: "How long to rest"; "" where nothing stands in the way."""
        return wording.question(self)

    def not_stated(self) -> list[str]:
        """Names of all that the source leaves open, for the clinician to answer."""
        return wording.not_stated(self)

    def row(self) -> dict[str, str]:
        """The dose in columns: names to words, only what is stated."""
        return wording.row(self)

    @property
    def says_anything(self) -> bool:
        return any(getattr(self, name) for name in STATING)

    @property
    def says_how_much(self) -> bool:
        return any(getattr(self, name) for name in HOW_MUCH)

    @property
    def is_stated(self) -> bool:
        """Whether there is something to do: a number of sets at least."""
        return bool(self.sets) or self.says_how_much

    @property
    def rounds(self) -> int:
        """How often the work is done from start to end, at most: once where the sets are not stated."""
        return int(self.sets.most) if self.sets else 1

    @property
    def legs(self) -> int:
        """How often each round is done: twice when each leg has its turn."""
        return 2 if self.sides in ("each", "affected_first") else 1

    @property
    def most_reps(self) -> int:
        """The repetitions of a round, the upper end of a range; 0 where none are stated."""
        return int(self.reps.most) if self.reps else 0

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


@dataclass(frozen=True)
class DoseSnapshot(Dosage):
    """A dose at one moment, and the words on where it comes from. Amounts may be given as they are typed."""

    sets: Any = None
    reps: Any = None
    hold: Any = None
    activity: Any = None
    parts: Any = None
    tempo: Any = None
    pause: Any = None
    rest: Any = None
    sides: str = ""
    per_day: Any = None
    days: Any = None
    spacing: str = ""
    weeks: Any = None
    effort: Any = None
    pain: Any = None
    as_able: str = ""
    load: str = ""
    changes: str = ""
    superset: str = ""
    note: str = ""
    limb: str = "leg"
    provenance: str = ""

    def __post_init__(self) -> None:
        for name in QUANTITIES:
            object.__setattr__(self, name, amount_of(getattr(self, name), name))
        object.__setattr__(self, "parts", parts_of(self.parts, read_parts))
        object.__setattr__(self, "tempo", parts_of(self.tempo, read_tempo))

    @classmethod
    def of(cls, dose: Any) -> Self:
        """Of anything that holds the parts of a dose and says its ``provenance``."""
        return cls(**{field.name: getattr(dose, field.name) for field in fields(cls)})

    def origin(self) -> str:
        """Where the dose comes from, as a sentence of its own; nothing where that is not said."""
        return origin(self.provenance)

    def as_data(self) -> dict[str, Any]:
        """For JSON; ``DoseSnapshot(**data)`` reads it again. What is not stated is left out."""
        data: dict[str, Any] = {}
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, Amount):
                data[field.name] = value.as_data()
            elif isinstance(value, tuple) and value:
                data[field.name] = [part.as_data() for part in value]
            elif value:
                data[field.name] = value
        return data
