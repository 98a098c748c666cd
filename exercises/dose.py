"""What a dose means. Everything that a patient is told of it comes from here."""

NOT_STATED = "Dose not stated. Ask your clinician how many to do."


class Dosage:
    """The words of a dose; mixed into the model that stores its numbers, each of which may be ``None``."""

    sets: int | None
    reps_from: int | None
    reps_to: int | None
    hold_seconds: int | None
    rest_seconds: int | None
    sides: str
    days_per_week: int | None
    load: str
    note: str

    def sentence(self):
        """The dose as a patient reads it: "2 sets of 10 to 15", "30 seconds on each leg"."""
        amount = self._amount()
        if not amount:
            return NOT_STATED
        return " ".join(filter(None, [amount, self._side(), self._frequency()]))

    def not_stated(self):
        """Names of what the source leaves open, for the patient to ask about."""
        facts = {
            "sets": self.sets,
            "repetitions": self.reps_from or self.hold_seconds,
            "hold": self.hold_seconds,
            "rest": self.rest_seconds,
            "one leg or both": self.sides,
            "days a week": self.days_per_week,
        }
        return [name for name, value in facts.items() if not value]

    def _amount(self):
        once = ", ".join(filter(None, [self._reps(), self._hold()]))
        if not self.sets:
            return once
        sets = _count(self.sets, "set")
        return f"{sets} of {once}" if once else sets

    def _reps(self):
        if not self.reps_from:
            return ""
        if self.reps_to:
            number = f"{self.reps_from} to {self.reps_to}"
            return number if self.sets else f"{number} repetitions"
        return (
            str(self.reps_from) if self.sets else _count(self.reps_from, "repetition")
        )

    def _hold(self):
        if not self.hold_seconds:
            return ""
        held = _count(self.hold_seconds, "second")
        return f"held for {held}" if self.reps_from else held

    def _side(self):
        return {"each": "on each leg", "both": "with both legs"}.get(self.sides, "")

    def _frequency(self):
        return (
            f"on {_count(self.days_per_week, 'day')} a week"
            if self.days_per_week
            else ""
        )


def _count(number, noun):
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
