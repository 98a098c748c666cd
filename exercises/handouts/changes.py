"""What has changed between a sheet of paper and what its page says now, in words for whoever holds the sheet."""

from dataclasses import dataclass

from exercises.snapshots import ItemSnapshot, RoutineSnapshot
from kneecare.core.identifiers import parse_id

UNSAID = "not stated"
LONGEST = 9  # digits of a version that a column can hold
# What the dose's sentence leaves out.
BESIDE_SENTENCE = ["With", "How it changes", "Together with"]
TOLD = ["title", "steps", "why", "mistakes", "not_for", "hold_on_to", "figure"]


@dataclass(frozen=True)
class OldSheet:
    """A sheet of an older version than ``current``, and what has changed since."""

    number: int
    current: int
    changes: list[str]


def sheet_number(request):
    """The version that the URL says was printed; 0 for none, or for what is no number."""
    return parse_id(request.GET.get("sheet"), LONGEST) or 0


def old_sheet(number, data, *, now, current):
    """The ``OldSheet`` of version ``number``, whose ``data`` is ``None`` where there is none.

    ``now`` is what the page shows, ``current`` its version; ``None`` for a sheet that is not older.
    """
    if data is None or number >= current:
        return None
    return OldSheet(number, current, changes(RoutineSnapshot.from_data(data), now))


def changes(old, new):
    """What differs between two ``RoutineSnapshot``s for whoever does them; empty where that is nothing."""
    before, after = _numbered(old), _numbered(new)
    kept = [key for key in before if key in after]
    return [
        *_plan(old, new),
        *(
            f"Added: {_with_dose(item)}."
            for key, item in after.items()
            if key not in before
        ),
        *(
            f"Taken out: {item.exercise.title}."
            for key, item in before.items()
            if key not in after
        ),
        *_order(kept, after),
        *(line for key in kept for line in _item(before[key], after[key])),
    ]


def _numbered(routine):
    """The items by exercise, and by which time it is that the exercise comes."""
    found: dict[tuple[int, int], ItemSnapshot] = {}
    for item in routine.items:
        times = sum(key[0] == item.exercise.pk for key in found)
        found[item.exercise.pk, times] = item
    return found


def _with_dose(item):
    sentence = item.dose.sentence().rstrip(".")
    return (
        f"{item.exercise.title}, {sentence}"
        if item.dose.says_anything
        else item.exercise.title
    )


def _plan(old, new):
    if old.title != new.title:
        yield f"The name was “{old.title}”. Now it is “{new.title}”."
    if old.note != new.note:
        yield (
            "The note has changed."
            if old.note and new.note
            else ("There is a note now." if new.note else "The note was taken out.")
        )
    if old.intro != new.intro:
        yield "The words at the start have changed."
    yield from _was("How often", old.schedule(), new.schedule())
    yield from _was("Rest between exercises", _rest(old), _rest(new))
    if old.pain_guide() != new.pain_guide():
        yield "The numbers for how much it may hurt have changed."


def _rest(routine):
    seconds = routine.rest_between
    return "" if seconds is None else f"{seconds} seconds"


def _order(kept, after):
    in_new_order = [key for key in after if key in kept]
    if in_new_order != kept:
        names = ", ".join(item.exercise.title for item in after.values())
        yield f"The order has changed. It is now: {names}."


def _item(old, new):
    title = new.exercise.title
    yield from _was(title, _sentence(old.dose), _sentence(new.dose))
    rows = old.dose.row(), new.dose.row()
    for name in BESIDE_SENTENCE:
        label = f"{title}, {name.lower()}"
        yield from _was(label, *(row.get(name, "") for row in rows))
    if old.dose.note != new.dose.note:
        yield f"{title}: the words below the dose have changed."
    if _told(old) != _told(new):
        yield f"{title}: how to do it has changed."


def _sentence(dose):
    return dose.sentence() if dose.says_anything else ""


def _told(item):
    return [getattr(item.exercise, name) for name in TOLD]


def _was(label, old, new):
    if old != new:
        yield f"{label}: it was {_quoted(old)}. Now it is {_quoted(new)}."


def _quoted(words):
    return f"“{words}”" if words else UNSAID
