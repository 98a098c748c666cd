"""The sentence, the player's script, the minutes, the sheet and the structured data tell of one dose, whatever it is."""

import json
from dataclasses import replace

import pytest
from hypothesis import given

from exercises import player_script
from exercises.dose import DoseSnapshot, wording
from exercises.dose.amount import QUANTITIES
from exercises.dose.parsing import read, typed
from exercises.dose.parts import (
    read_parts,
    read_tempo,
    typed_parts,
    typed_tempo,
)
from exercises.player_script import AS_ABLE, HOLD, REPS, REST, SWITCH_LEGS, Step
from exercises.rendering import structured_data
from tests.exercises.dose import reader
from tests.exercises.dose.strategies import doses

pytestmark = pytest.mark.same_on_any_database("what the player is told")


def of_kind(dose, kind):
    return [step for step in dose.steps() if step.kind == kind]


def of_numbers(dose):
    """The steps that do the work, without what is only for those who can."""
    return [step for step in dose.steps() if step.kind in player_script.WORK]


@given(doses())
def test_the_script_does_every_round_and_leg_that_the_dose_says(dose):
    turns = {(step.round, step.leg) for step in of_numbers(dose)}

    assert len(turns) == (dose.rounds * dose.legs if dose.is_stated else 0)


@given(doses())
def test_the_numbers_come_back_from_the_script(dose):
    """What is done in one round with one leg, in its numbers: those of the dose."""
    steps = [
        step
        for step in of_numbers(dose)
        if (step.round, step.leg) == (1, 1 if dose.legs == 2 else 0)
    ]
    held = [step for step in steps if step.kind == HOLD]
    counted = [step for step in steps if step.kind in (REPS, AS_ABLE)]

    if held:
        assert len(held) == max(1, dose.most_reps)
        assert {step.seconds for step in held} == {dose.hold.most}
        assert {step.enough for step in held} == {
            dose.hold.low if dose.hold.high else 0
        }
    elif dose.reps:
        (step,) = counted
        assert (step.reps_to or step.reps_from) == dose.most_reps
        assert bool(step.reps_to) == bool(dose.reps.high)
        if step.kind == REPS:
            timed = dict(step.tempo)
            assert {
                part.words: part.amount.low for part in dose.tempo or ()
            }.items() <= timed.items()
            assert (
                timed.get("pause") == (dose.hold.most if dose.hold else None)
                or not dose.hold
            )
    elif dose.activity and not dose.parts:
        (step,) = steps
        is_timed = dose.activity.is_time and dose.activity.over in ("", "total")
        assert step.seconds == (dose.activity.most if is_timed else None)


@given(doses())
def test_each_of_the_things_done_in_turn_is_a_step(dose):
    steps = [
        step
        for step in of_numbers(dose)
        if (step.round, step.leg) == (1, 1 if dose.legs == 2 else 0)
    ]
    done = [step for step in steps if not step.words.startswith("go on in turn")]

    if dose.parts:
        assert len(done) % len(dose.parts) == 0
        for step, part in zip(done, dose.parts, strict=False):
            assert part.words in step.words
            number = step.seconds or step.reps_from
            assert number == part.amount.low or str(part.amount.low) in step.words


@given(doses())
def test_the_script_changes_legs_once_a_round_and_rests_between_rounds_only(dose):
    rests = of_kind(dose, REST)
    is_none = dose.rest is not None and dose.rest.most == 0
    wanted = 0 if is_none or not dose.is_stated else dose.rounds - 1

    changes = dose.rounds if dose.legs == 2 and dose.is_stated else 0
    assert len(of_kind(dose, SWITCH_LEGS)) == changes
    assert len(rests) == wanted
    assert {step.seconds for step in rests} <= {dose.rest and dose.rest.most}
    assert not dose.steps() or dose.steps()[-1].kind not in (REST, SWITCH_LEGS)


@given(doses())
def test_only_what_lies_beyond_the_lower_end_of_a_range_is_extra(dose):
    held = [step for step in of_kind(dose, HOLD) if not step.is_extra]
    sets = max(1, dose.sets.least) if dose.sets else 1
    reps = max(1, dose.reps.least) if dose.reps else 1

    assert len(held) == (sets * dose.legs * reps if of_kind(dose, HOLD) else 0)


@given(doses())
def test_the_minutes_are_the_seconds_of_the_script(dose):
    total = sum(_lasts(step) for step in dose.steps())

    assert dose.seconds() == total
    assert dose.minutes() == (max(1, round(total / 60)) if total else None)


def _lasts(step):
    if step.kind == REPS:
        one = sum(seconds for _, seconds in step.tempo) or 4
        return (step.reps_to or step.reps_from) * (one + step.pause)
    return step.seconds or 0


@given(doses())
def test_the_dose_comes_back_from_its_sentence(dose):
    said = replace(dose, load="", limb=dose.limb if dose.sides else "leg")

    assert reader.from_sentence(dose.sentence()) == said


@given(doses())
def test_the_dose_comes_back_from_the_columns_of_a_sheet(dose):
    said = replace(dose, limb=dose.limb if dose.sides else "leg")

    assert reader.from_row(dose.row()) == said


@given(doses())
def test_machines_read_the_same_numbers_and_the_same_sentence(dose):
    plan = structured_data._plan(_Named(), dose)
    sentence, details = dose.sentence(), [f"{a}: {b}" for a, b in dose.details()]

    assert plan["additionalVariable"] == ([sentence, *details] if details else sentence)
    assert plan.get("workload", "") == dose.load
    assert plan.get("activityFrequency", "") == wording.how_often(dose)
    assert _ends(plan.get("repetitions")) == _limits(dose.reps)
    assert _ends(plan.get("restPeriods")) == _limits(dose.rest)
    assert _ends(plan.get("activityDuration")) == _limits(dose.hold or dose.activity)


def _limits(amount):
    """The ends between which an amount lies, ``None`` for an open one."""
    if amount is None:
        return None
    if amount.low is None or amount.bound == "up_to":
        return None, amount.most
    high = amount.high or (None if amount.bound == "at_least" else amount.low)
    return amount.low, high


def _ends(node):
    if node is None:
        return None
    if isinstance(node, str):
        node = int(node.removeprefix("PT").removesuffix("S"))
    if isinstance(node, dict):
        value = node.get("value")
        return node.get("minValue", value), node.get("maxValue", value)
    return node, node


@given(doses())
def test_a_dose_comes_back_from_json_as_it_was(dose):
    assert DoseSnapshot(**json.loads(json.dumps(dose.as_data()))) == dose


@given(doses())
def test_a_dose_comes_back_from_what_stands_in_its_form(dose):
    for name, quantity in QUANTITIES.items():
        amount = getattr(dose, name)
        assert amount is None or read(typed(amount, quantity), quantity) == amount
    assert not dose.parts or read_parts(typed_parts(dose.parts)) == dose.parts
    assert not dose.tempo or read_tempo(typed_tempo(dose.tempo)) == dose.tempo


def test_thirty_seconds_on_each_leg_is_two_holds_with_a_change_between():
    assert DoseSnapshot(hold=30, sides="each").steps() == [
        Step("ready", 5),
        Step("hold", 30, leg=1, rep=1),
        Step("switch", 5, leg=2),
        Step("hold", 30, leg=2, rep=1),
    ]


def test_two_sets_have_one_rest_that_lasts_as_long_as_the_patient_wants():
    kinds = [
        (step.kind, step.seconds) for step in DoseSnapshot(sets=2, reps="10-15").steps()
    ]

    assert kinds == [
        ("ready", 5),
        ("reps", None),
        ("rest", None),
        ("ready", 5),
        ("reps", None),
    ]


def test_the_pace_is_the_patients():
    dose = DoseSnapshot(sets=1, reps=10)

    assert dose.seconds(tempo=6) == player_script.READY + 60


class _Named:
    title = "A move"
