"""What the database promises of a dose: numbers that can be, and nothing that contradicts itself."""

from functools import reduce
from operator import or_
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.db import models
from django.db.models import Q
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce, Greatest
from django.db.models.lookups import GreaterThan, LessThanOrEqual

from exercises.dose.amount import DISTANCES, QUANTITIES
from exercises.dose.dosage import STATING
from exercises.dose.origin import SET_BY

MOST_HOLDS = 500
WORDS = ["spacing", "as_able", "sides", "load", "changes", "superset", "note"]
NUMBERS = [*QUANTITIES, "parts", "tempo"]


def empty(names):
    """That none of the columns ``names`` holds anything."""
    return Q(**{f"{n}__isnull": True for n in names if n in NUMBERS}) & Q(
        **{n: "" for n in names if n not in NUMBERS}
    )


def _given(name):
    return Q(**{f"{name}__isnull": False}) if name in NUMBERS else ~Q(**{name: ""})


STATES: Q = reduce(or_, [_given(name) for name in STATING])
ALL = [*NUMBERS, *WORDS]
NOTHING = empty([*ALL, "source"]) & Q(set_by=None, set_on=None)


def _number(name, *keys):
    """The first that an amount has of its ``keys``, as a number for the database."""
    return [Cast(KT(f"{name}__{key}"), models.FloatField()) for key in keys]


def _most(name):
    """The upper end of what is done now; 1 where it is not stated."""
    return Coalesce(*_number(name, "high", "low", "later"), 1.0)


def _most_ever(name):
    """The largest number of it, now or later: a dose may be worked down as well."""
    numbers = _number(name, "later_high", "later", "high", "low")
    return Greatest(*[Coalesce(number, 0.0) for number in numbers])


def _in_range(name, quantity):
    least = 0 if set(DISTANCES) & set(quantity.units) else quantity.least
    limits: dict[str, Any] = {}
    for key in ["low", "high", "later", "later_high"]:
        limits |= {
            f"{name}__{key}__gte": least,
            f"{name}__{key}__lte": quantity.most,
        }
    low, high, later, later_high = _number(name, "low", "high", "later", "later_high")
    upward = Q(GreaterThan(high, low)) & Q(GreaterThan(later_high, later))
    return models.CheckConstraint(
        name=f"%(class)s_{name}_can_be", condition=Q(**limits) & upward
    )


def _rule(name, condition, message):
    return models.CheckConstraint(
        name=f"%(class)s_{name}", condition=condition, violation_error_message=message
    )


# Promises of every dose, also of one that states nothing.
DOSE_FITS: list[models.BaseConstraint] = [
    *(_in_range(name, quantity) for name, quantity in QUANTITIES.items()),
    # Each hold is a step of the player's, and stands on its page.
    _rule(
        "has_no_more_holds_than_can_be_counted",
        empty(["hold"]) | Q(LessThanOrEqual(_most("sets") * _most("reps"), MOST_HOLDS)),
        f"Sets times repetitions are {MOST_HOLDS} holds at the most.",
    ),
    _rule(
        "does_parts_or_repetitions",
        empty(["parts"]) | empty(["reps", "hold", "tempo"]),
        "What is done in turn has its own repetitions and times: leave repetitions, hold and tempo empty.",
    ),
    _rule(
        "does_an_activity_or_repetitions",
        empty(["activity"]) | empty(["reps", "hold"]),
        "Give repetitions and a hold, or the time or distance of an activity, not both. Two things in turn go below.",
    ),
    _rule(
        "rests_between_two_sets",
        empty(["rest"]) | empty(["sets"]) | Q(GreaterThan(_most_ever("sets"), 1.0)),
        "One set has no rest between sets.",
    ),
    _rule(
        "rests_after_more_than_one_repetition",
        empty(["pause"]) | empty(["reps"]) | Q(GreaterThan(_most_ever("reps"), 1.0)),
        "One repetition has no rest before the next one.",
    ),
    _rule(
        "says_once_how_often_a_day",
        empty(["per_day"]) | ~Q(spacing__in=["hourly", "awake", "several"]),
        "Give a number of times a day, or the words, not both.",
    ),
    _rule(
        "has_room_for_days_off",
        empty(["days"])
        | ~Q(spacing__in=["every_other_day", "days_between"])
        | Q(LessThanOrEqual(_most("days"), 3.0))
        | Q(spacing="every_other_day") & Q(LessThanOrEqual(_most("days"), 4.0)),
        "So many days a week leave no day off between: every other day is 3 to 4 days a week.",
    ),
    models.CheckConstraint(
        name="%(class)s_side_is_known",
        condition=Q(sides__in=["", "both", "each", "affected", "affected_first"]),
    ),
    models.CheckConstraint(
        name="%(class)s_spacing_is_known",
        condition=Q(
            spacing__in=[
                "",
                "hourly",
                "awake",
                "several",
                "every_other_day",
                "days_between",
            ]
        ),
    ),
]

# The field beside which a broken constraint is told, by the end of the constraint's name.
FIELD_TO_CHANGE = {
    **{f"{name}_can_be": name for name in QUANTITIES},
    "has_no_more_holds_than_can_be_counted": "sets",
    "does_parts_or_repetitions": "parts",
    "does_an_activity_or_repetitions": "activity",
    "rests_between_two_sets": "rest",
    "rests_after_more_than_one_repetition": "pause",
    "says_once_how_often_a_day": "spacing",
    "has_room_for_days_off": "days",
    "says_how_much_or_how_often": "reps",
    "says_how_much_or_how_often_or_nothing": "reps",
    "as_able_comes_from_a_clinician": "is_set_by_me",
    "says_where_it_comes_from": "source",
    "source_is_no_signature": "source",
}


NO_SIGNATURE = (
    "Name the text that states it. Only a clinician's own account says who set it."
)


def field_to_change(constraint):
    found = (
        FIELD_TO_CHANGE[end] for end in FIELD_TO_CHANGE if constraint.endswith(end)
    )
    return next(found, NON_FIELD_ERRORS)


def source_is_no_signature(name):
    """A source that reads like a clinician's word would pass for one."""
    return models.CheckConstraint(
        name=f"%(class)s_{name}_is_no_signature",
        condition=~Q(**{f"{name}__istartswith": SET_BY.strip()}),
        violation_error_message=NO_SIGNATURE,
    )


def states_something(*, otherwise, unless=Q()):  # noqa: B008 - a Q is never changed
    """Promises of a dose that says how much or how often, and whose word that is; none where ``unless`` holds.

    ``otherwise`` tells an editor what to do where nothing is stated.
    """
    return [
        _rule(
            "says_how_much_or_how_often",
            STATES | unless,
            f"Give sets, repetitions, a hold, a time, how often, or words{otherwise}",
        ),
        _rule(
            "as_able_comes_from_a_clinician",
            Q(as_able="")
            | Q(set_by__isnull=False)
            | ~empty(["sets", "reps", "hold", "activity", "parts"]),
            "Words in place of a number are a clinician's: say whose, and the day.",
        ),
        _rule(
            "says_where_it_comes_from",
            (Q(set_by=None, set_on=None) & ~Q(source=""))
            | Q(set_by__isnull=False, set_on__isnull=False)
            | unless,
            "Say where the dose comes from: its source, or the clinician and the day.",
        ),
    ]
