"""Things that are done in turn: a walk and a run, sets that differ, the way up and the way down."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from exercises.dose.amount import PART, REPS, TEMPO, Amount, count
from exercises.dose.parsing import AMOUNT_INSIDE, Unreadable, read, typed

UP, PAUSE, DOWN, EACH = "up", "pause", "down", "each"
PHASES = {
    **dict.fromkeys(["up", "lift", "lifting", "rise"], UP),
    **dict.fromkeys(["pause", "hold", "at bottom", "at top"], PAUSE),
    **dict.fromkeys(["down", "lower", "lowering"], DOWN),
    **dict.fromkeys(["each", "each one", "a repetition", "each repetition", ""], EACH),
}
LIKE_THIS = "Type seconds like this: 3 down, 3 pause, 1 up; or 6 each."
MOST_PARTS = 12
LONGEST_WORDS = 60
_PIECE = re.compile(r"\s*(?:[,;+\n]|\band\b)\s*(?:then\s+)?")


@dataclass(frozen=True)
class Part:
    """``words`` say what is done: "walk", "eyes closed", "" where the exercise says it; of a tempo they are the phase."""

    words: str
    amount: Amount

    def as_data(self) -> dict[str, Any]:
        return {"words": self.words, **self.amount.as_data()}

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> "Part":
        amount = {name: value for name, value in data.items() if name != "words"}
        return cls(data["words"], Amount.from_data(amount))

    @property
    def is_reps(self) -> bool:
        return self.amount.unit == REPS

    def said(self) -> str:
        """ "walk for 2 minutes", "12 repetitions with a band"."""
        if self.is_reps:
            noun = "repetition"
            return f"{Amount(**{**self.amount.as_data(), 'unit': ''}).words(noun)} {self.words}".rstrip()
        return f"{self.words} for {measured(self.amount)}".lstrip()


Parts = tuple[Part, ...]


def measured(amount: Amount) -> str:
    """A time or a distance in words: "2 minutes", "at least 1.5 miles"."""
    if amount.is_time:
        return amount.duration()
    singular = {"feet": "foot", "km": "km"}.get(amount.unit, amount.unit.rstrip("s"))
    return amount.words(singular)


def read_parts(text: str) -> Parts:
    """Of "walk 2 min, run 3 min"; raises ``Unreadable``."""
    parts = tuple(_read_part(piece) for piece in _pieces(text))
    if not 2 <= len(parts) <= MOST_PARTS:
        raise Unreadable(f"Give 2 to {MOST_PARTS} parts, with commas between them.")
    return parts


def _read_part(piece: str) -> Part:
    found = AMOUNT_INSIDE.search(piece)
    if not found:
        raise Unreadable(f"How much is “{piece}”? Such as: walk 2 min, run 3 min.")
    amount = read(found.group(), PART)
    words = f"{piece[: found.start()]} {piece[found.end() :]}"
    return Part(_words(words), amount)


def _words(text: str) -> str:
    words = re.sub(r"^for\b|\bfor$", "", " ".join(text.split())).strip()
    is_plain = words.isprintable() and not re.search(r"\d", words)
    if len(words) > LONGEST_WORDS or not is_plain:
        raise Unreadable(f"Say in a few words and no number what it is: “{words}”.")
    return words


def read_tempo(text: str) -> Parts:
    """Of "2 up, 4 down" in the order of the movement, or of "6 each"; raises ``Unreadable``."""
    parts = tuple(_read_phase(piece) for piece in _pieces(text))
    if not parts:
        raise Unreadable(LIKE_THIS)
    phases = [part.words for part in parts]
    if len(phases) != len(set(phases)) or (EACH in phases and len(phases) > 1):
        raise Unreadable("Give each of up, pause and down once, or the whole alone.")
    if phases == [PAUSE]:
        raise Unreadable("A pause alone is a hold: type it there.")
    return parts


def _read_phase(piece: str) -> Part:
    found = re.fullmatch(r"(\d+)\s*(?:s|sec|seconds?)?\s*([a-z ]*)", piece.lower())
    phase = PHASES.get(found.group(2).strip()) if found else None
    if not (found and phase):
        raise Unreadable(LIKE_THIS)
    return Part(phase, read(found.group(1), TEMPO))


def _pieces(text: str) -> list[str]:
    return [piece for piece in _PIECE.split(text.strip()) if piece]


def typed_parts(parts: Parts) -> str:
    return ", ".join(
        f"{part.words} {typed(part.amount, PART)}".lstrip() for part in parts
    )


def typed_tempo(parts: Parts) -> str:
    return ", ".join(f"{part.amount.low} {part.words}" for part in parts)


def tempo_words(parts: Parts | None) -> str:
    """ "3 seconds down, 3 seconds pause and 1 second up", "6 seconds each"."""
    said = [
        f"{count(int(part.amount.most), 'second')} {part.words}" for part in parts or ()
    ]
    return " and ".join(filter(None, [", ".join(said[:-1]), *said[-1:]]))


def parts_words(parts: Parts | None) -> str:
    """ "walk for 2 minutes, then run for 3 minutes"."""
    return ", then ".join(part.said() for part in parts or ())


def parts_of(value: Any, read_text: Callable[[str], Parts]) -> Parts | None:
    """Parts from whatever states them: words, or JSON; ``None`` for none."""
    if not value:
        return None
    if isinstance(value, str):
        return read_text(value)
    return tuple(
        each if isinstance(each, Part) else Part.from_data(each) for each in value
    )
