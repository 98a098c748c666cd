"""Any dose that can be stated."""

from hypothesis import strategies as st

from exercises.dose import Amount, DoseSnapshot
from exercises.dose.amount import DISTANCES, REPS
from exercises.dose.parts import Part

SMALL = {
    "sets": (1, 5),
    "reps": (2, 6),
    "hold": (1, 130),
    "activity": (1, 7000),
    "pause": (0, 90),
    "rest": (0, 180),
    "per_day": (1, 6),
    "days": (1, 7),
    "weeks": (1, 12),
    "effort": (1, 10),
    "pain": (0, 10),
}
UNITS = {
    "activity": ["", *DISTANCES],
    "weeks": ["", "months"],
    "effort": ["", "%", "of 20"],
}
WORDS = ["walk", "run slowly", "eyes closed", ""]
SIDES = ["", "both", "each", "affected", "affected_first"]
SPACINGS = ["", "hourly", "awake", "several", "every_other_day", "days_between"]


@st.composite
def amounts(draw, name):
    """Any amount of the quantity ``name``: a number, a range, a limit, with what comes later or that alone."""
    least, most = SMALL[name]
    number = st.integers(least, most)

    def ends():
        low, high = sorted([draw(number), draw(number)])
        return (low, high) if low < high and draw(st.booleans()) else (low, None)

    low, high = ends()
    later, later_high = ends() if draw(st.booleans()) else (None, None)
    if later is not None and draw(st.booleans()):
        return Amount(later=later, later_high=later_high, unit=_unit(draw, name))
    if later == low:
        later = later_high = None
    spans = (
        ["", "total", "day", "week"] if name in ("reps", "hold", "activity") else [""]
    )
    return Amount(
        low,
        high,
        bound=draw(st.sampled_from(["", "about", "at_least", "up_to"])),
        over=draw(st.sampled_from(spans)),
        unit=_unit(draw, name),
        later=later,
        later_high=later_high,
    )


def _unit(draw, name):
    return draw(st.sampled_from(UNITS.get(name, [""])))


@st.composite
def parts(draw):
    def part():
        amount = Amount(
            draw(st.integers(1, 600)), unit=draw(st.sampled_from(["", REPS, "steps"]))
        )
        return Part(draw(st.sampled_from(WORDS)), amount)

    return tuple(part() for _ in range(draw(st.integers(2, 4))))


@st.composite
def tempos(draw, *, has_hold):
    phases = ["up", "down"] if has_hold else ["up", "down", "pause"]
    chosen = draw(st.permutations(phases))[: draw(st.integers(1, len(phases)))]
    if chosen == ["pause"] or draw(st.booleans()):
        chosen = ["each"]
    return tuple(Part(each, Amount(draw(st.integers(1, 9)))) for each in chosen)


def _maybe(draw, strategy):
    return draw(st.none() | strategy)


@st.composite
def doses(draw):
    """Any dose that the database takes and that states something."""
    kind = draw(st.sampled_from(["reps", "activity", "parts", "words"]))
    fields = {"sets": _maybe(draw, amounts("sets"))}
    if kind == "reps":
        reps, hold = _maybe(draw, amounts("reps")), _maybe(draw, amounts("hold"))
        tempo = draw(st.none() | tempos(has_hold=bool(hold)))
        fields |= {"reps": reps, "hold": hold, "tempo": tempo}
        if reps and max(reps.most, reps.later or 0) > 1:
            fields["pause"] = _maybe(draw, amounts("pause"))
    if kind == "activity":
        fields["activity"] = draw(amounts("activity"))
    if kind == "parts":
        fields |= {
            "parts": draw(parts()),
            "activity": _maybe(draw, amounts("activity")),
        }
    fields |= _often(draw)
    sets = fields["sets"]
    if sets and max(sets.most, sets.later or 0, sets.later_high or 0) > 1:
        fields["rest"] = _maybe(draw, amounts("rest"))
    fields["as_able"] = (
        "as many as you can"
        if kind == "words"
        else draw(st.sampled_from(["", "to fatigue"]))
    )
    fields |= {
        "sides": draw(st.sampled_from(SIDES)),
        "limb": draw(st.sampled_from(["leg", "arm", "foot"])),
        "weeks": _maybe(draw, amounts("weeks")),
        "effort": _maybe(draw, amounts("effort")),
        "pain": _maybe(draw, amounts("pain")),
        "load": draw(st.sampled_from(["", "a red band"])),
    }
    dose = DoseSnapshot(**fields)
    return dose if dose.says_anything else DoseSnapshot(**fields | {"sets": Amount(2)})


def _often(draw):
    spacing = draw(st.sampled_from(SPACINGS))
    fields = {"spacing": spacing}
    if spacing not in ("hourly", "awake", "several"):
        fields["per_day"] = _maybe(draw, amounts("per_day"))
    if spacing not in ("every_other_day", "days_between"):
        fields["days"] = _maybe(draw, amounts("days"))
    return fields
