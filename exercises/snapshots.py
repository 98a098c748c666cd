"""An exercise and a routine as they were published: what every page, card, sheet and player reads."""

from dataclasses import asdict, dataclass, field
from typing import Any

from django.urls import reverse

from exercises.dose import DoseSnapshot, count, origin
from exercises.pain import MOST_PAIN_UNASKED, guide

NOTHING = "No equipment"  # the first content's tag of a move that needs nothing


@dataclass(frozen=True)
class ExerciseSnapshot:
    """``figure`` is the drawing's data, ``tags`` a list of kind and name; ``slug`` is that of today.

    ``media`` is what the exercise's own page shows besides: pictures and videos as ``media.blocks`` takes snapshots of them.
    """

    pk: int
    title: str
    summary: str
    steps: str
    why: str
    mistakes: str
    not_for: str
    figure: dict
    dose: DoseSnapshot
    tags: list[dict[str, str]]
    media: list[dict[str, Any]] = field(default_factory=list)
    hold_on_to: str = ""
    slug: str = ""

    @classmethod
    def from_data(cls, data, **changes):
        """From the JSON that ``as_data()`` made, with what is not part of it, such as the ``slug``."""
        return cls(**{**data, "dose": DoseSnapshot(**data["dose"]), **changes})

    def as_data(self):
        data = asdict(self) | {"dose": self.dose.as_data()}
        del data["slug"]
        return data

    def as_card(self):
        """The same for a place that keeps the exercise as part of it, and shows none of its pictures and videos."""
        data = self.as_data()
        del data["media"]
        return data

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("exercises:detail", args=[self.slug])

    def tag_names(self, kind):
        return sorted(tag["name"] for tag in self.tags if tag["kind"] == kind)

    @property
    def body_parts(self):
        return self.tag_names("body_part")

    @property
    def equipment(self):
        return self.tag_names("equipment")

    @property
    def muscles(self):
        return self.tag_names("muscle")


@dataclass(frozen=True)
class ItemSnapshot:
    """An exercise with the dose that it has in one routine, and its neighbours where they were read."""

    exercise: ExerciseSnapshot
    dose: DoseSnapshot
    easier: ExerciseSnapshot | None = None
    harder: ExerciseSnapshot | None = None


@dataclass(frozen=True)
class RoutineSnapshot:
    """``rest_between`` is in seconds; the two cut-offs end the green and the amber part of 0 to 10, and
    ``pain_provenance`` says whose they are.

    ``note`` is a clinician's word to one person, as plain text; ``slug`` is that of today.
    """

    title: str
    summary: str
    intro: str
    weeks: int | None = None
    days_per_week: int | None = None
    rest_between: int | None = None
    green_to: int | None = None
    amber_to: int | None = None
    pain_provenance: str = ""
    items: list[ItemSnapshot] = field(default_factory=list)
    note: str = ""
    slug: str = ""

    @classmethod
    def from_data(cls, data, **changes):
        items = [
            ItemSnapshot(
                ExerciseSnapshot.from_data(item["exercise"]),
                DoseSnapshot(**item["dose"]),
            )
            for item in data["items"]
        ]
        return cls(**{**data, "items": items, **changes})

    def as_data(self):
        data: dict[str, Any] = asdict(self)
        del data["slug"]
        data["items"] = [
            {"exercise": item.exercise.as_card(), "dose": item.dose.as_data()}
            for item in self.items
        ]
        return data

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("routines:detail", args=[self.slug])

    def minutes(self):
        """Whole minutes of what can be timed, at the player's usual pace, with the rests between; ``None`` for nothing."""
        worked = [item.dose.seconds() for item in self.items]
        if not any(worked):
            return None
        rests = (self.rest_between or 0) * (len(self.items) - 1)
        return max(1, round((sum(worked) + rests) / 60))

    @property
    def has_own_pace(self):
        """Whether some of it takes as long as the patient wants."""
        steps = [step for item in self.items for step in item.dose.steps()]
        return any(not step.lasts(1) for step in steps) or any(
            not item.dose.is_stated for item in self.items
        )

    def supports(self):
        """What to hold on to in some of the moves, each once."""
        found = (item.exercise.hold_on_to for item in self.items)
        return list(dict.fromkeys(filter(None, found)))

    def equipment(self):
        """What its moves need, each once: what one of them can do without is needed all the same by another."""
        needed = {name for item in self.items for name in item.exercise.equipment}
        return sorted(needed - {NOTHING}) or sorted(needed)

    def schedule(self):
        """For how long and how often: "3 days a week for 6 weeks", or ""."""
        days = (
            f"{count(self.days_per_week, 'day')} a week" if self.days_per_week else ""
        )
        weeks = f"for {count(self.weeks, 'week')}" if self.weeks else ""
        return " ".join(filter(None, [days, weeks]))

    def pain_guide(self):
        """The zones of the pain guide; empty for cut-offs that are nobody's."""
        return guide(self.green_to, self.amber_to) if self.pain_provenance else []

    def pain_limit(self):
        """The last number of pain that the player takes note of without advice: the clinician's, or a lower one of ours."""
        zones = self.pain_guide()
        return min([MOST_PAIN_UNASKED, *(zone.last for zone in zones[1:2])])

    def pain_origin(self):
        """Whose cut-offs they are, as a sentence of its own."""
        return origin(self.pain_provenance)
