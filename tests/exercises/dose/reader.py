"""The way back: what a dose was, from the words that a patient reads of it."""

import re

from exercises.dose import Amount, DoseSnapshot
from exercises.dose.amount import PART, QUANTITIES, REPS, plural
from exercises.dose.parsing import read
from exercises.dose.parts import Part, read_tempo
from exercises.dose.wording import SIDES, SPACINGS

LABELS = {quantity.label: name for name, quantity in QUANTITIES.items()}
SIDE_WORDS = {
    words.format(one=limb, many=plural(limb)): (name, limb)
    for limb in ["leg", "arm", "foot"]
    for name, words in SIDES.items()
}
NAMES = {words: name for name, words in SPACINGS.items()}


def amount(words, name):
    """The amount of the quantity ``name`` that ``words`` say."""
    if words in ("no", "none"):
        return Amount(0)
    words = words.replace(" of your maximum", "").removesuffix(" of")
    if name == "pain":
        words = words.removeprefix("at most ")
    return read(words, QUANTITIES[name])


def from_sentence(sentence):
    """The dose whose sentence this is, without the words that stand beside it."""
    fields: dict = {}
    for clause in _clauses(sentence):
        _take(clause, fields)
    tempo = fields.pop("tempo", [])
    return DoseSnapshot(tempo=read_tempo(", ".join(tempo)) if tempo else None, **fields)


def _clauses(sentence):
    """What stands between commas, a list of things in turn together."""
    return re.split(r", (?!then )", sentence[0].lower() + sentence[1:])


def _take(clause, fields):
    for side, (name, limb) in SIDE_WORDS.items():
        if clause == side or clause.endswith(f" {side}"):
            fields |= {"sides": name, "limb": limb}
            clause = clause[: -len(side)].rstrip()
            if not clause:
                return
            break
    if ", then " in clause and not re.match(r"(?:\S+ )*sets?\b", clause):
        _work(clause, fields)
        return
    for pattern, take in RULES:
        said = re.fullmatch(pattern, clause)
        if said:
            take(said, fields)
            return
    raise AssertionError(f"nobody can read “{clause}”")


def _set(name):
    def take(said, fields):
        fields[name] = amount(said[1], name)

    return take


def _tempo(said, fields):
    fields.setdefault("tempo", []).extend(
        re.sub(r" seconds?", "", each) for each in said[0].split(" and ")
    )


def _sets(said, fields):
    sets, rest = said[1], said[2]
    fields["sets"] = amount(sets, "sets")
    if not rest:
        return
    if sets.startswith("working up to") and re.fullmatch(r"[\d to]+", rest):
        rest = f"working up to {rest}"
    _work(rest, fields)


def _work(words, fields):
    if ", then " in words:
        fields["parts"] = tuple(_part(each) for each in words.split(", then "))
        return
    try:
        fields["reps"] = amount(words, "reps")
    except ValueError:
        fields["activity"] = amount(words, "activity")


def _part(words):
    if found := re.fullmatch(r"(\d+) repetitions? ?(.*)", words):
        return Part(found[2], Amount(int(found[1]), unit=REPS))
    found = re.fullmatch(r"(.*?) ?for (.*)", words)
    return Part(found[1], read(found[2], PART))


def _whole(said, fields):
    fields["activity"] = amount(said[1], "activity")


RULES = [
    (r"(?:\d+ seconds? (?:up|down|pause|each)(?: and |, )?)+", _tempo),
    (r"with (.*) rest after each one", _set("pause")),
    (r"with (.*) rest between sets", _set("rest")),
    ("|".join(NAMES), lambda said, fields: fields.update(spacing=NAMES[said[0]])),
    (r"once a day", lambda said, fields: fields.update(per_day=Amount(1))),
    (r"(.*times?(?: \(later .*\))?) a day", _set("per_day")),
    (r"every day", lambda said, fields: fields.update(days=Amount(7))),
    (r"on (.*days?(?: \(later .*\))?) a week", _set("days")),
    (r"at an effort of (.*)", _set("effort")),
    (r"with pain of (.*) of 10", _set("pain")),
    (r"(?:each held|hold) for (.*)", _set("hold")),
    (r"for ((?:[a-z]+ )*[\d to]+(?:weeks?|months?)(?: \(later .*\))?)", _set("weeks")),
    (r"for (.*)", _whole),
    (
        r"(as many as you can|to fatigue)",
        lambda said, fields: fields.update(as_able=said[1]),
    ),
    (r"(.*?\bsets?(?: \(later [^)]*\))?)(?: of (.*))?", _sets),
    (r"(.*)", lambda said, fields: _work(said[1], fields)),
]


def from_row(row):
    """The amounts and choices of the dose that has these columns on a sheet."""
    fields: dict = {}
    for label, words in row.items():
        if label in LABELS:
            name = LABELS[label]
            fields[name] = amount(
                words.removesuffix(" of 10") if name == "pain" else words, name
            )
        elif label == "Side":
            fields["sides"], fields["limb"] = SIDE_WORDS[words]
        elif label == "How often":
            fields["spacing"] = NAMES[words]
        elif label == "Tempo":
            words = re.sub(r" seconds?", "", words).replace(" and ", ", ")
            fields["tempo"] = read_tempo(words)
        elif label == "In turn":
            fields["parts"] = tuple(_part(each) for each in words.split(", then "))
        elif label == "With":
            fields["load"] = words
        else:
            fields["as_able"] = words
    return DoseSnapshot(**fields)
