"""The sentence, the player's script, the minutes, the sheet and the structured data tell of one dose, whatever its numbers."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exercises import player_script
from exercises.dose import DoseSnapshot
from exercises.player_script import HOLD, REPS, REST, SWITCH_LEGS, Step
from exercises.rendering import structured_data

pytestmark = pytest.mark.same_on_any_database("what the player is told")

SMALL = st.integers(1, 6)


@st.composite
def doses(draw):
    """Any dose that the database takes and that states something."""
    reps_from = draw(st.none() | SMALL)
    reps_to = draw(st.none() | st.integers(1, 5)) if reps_from else None
    hold = draw(st.none() | st.integers(1, 90))
    return DoseSnapshot(
        sets=draw(st.none() | SMALL),
        reps_from=reps_from,
        reps_to=reps_from + reps_to if reps_to else None,
        hold_seconds=hold,
        rest_seconds=draw(st.none() | st.integers(0, 120)),
        sides=draw(st.sampled_from(["", "both", "each"])),
        days_per_week=draw(st.none() | st.integers(1, 7)),
        as_able="" if reps_from or hold else "as many as you can",
    )


def of_kind(dose, kind):
    return [step for step in dose.steps() if step.kind == kind]


@given(doses())
def test_the_script_holds_as_often_and_as_long_as_the_dose_says(dose):
    held = of_kind(dose, HOLD)

    rounds = dose.rounds * dose.legs * (dose.most_reps or 1)
    assert len(held) == (rounds if dose.hold_seconds else 0)
    assert {step.seconds for step in held} == ({dose.hold_seconds} if held else set())


@given(doses())
def test_the_script_counts_the_repetitions_of_each_round_and_leg(dose):
    rounds = {
        (step.round, step.leg)
        for step in dose.steps()
        if step.kind in (HOLD, REPS, "as_able")
    }
    counted = of_kind(dose, REPS)

    assert len(rounds) == (dose.sets or 1) * (2 if dose.sides == "each" else 1)
    if dose.reps_from and not dose.hold_seconds:
        assert len(counted) == len(rounds)
        assert {(s.reps_from, s.reps_to) for s in counted} == {
            (dose.reps_from, dose.reps_to or 0)
        }


@given(doses())
def test_the_script_changes_legs_once_a_round_and_rests_between_rounds_only(dose):
    rests = of_kind(dose, REST)
    wanted = 0 if dose.rest_seconds == 0 else (dose.sets or 1) - 1

    assert len(of_kind(dose, SWITCH_LEGS)) == (
        (dose.sets or 1) if dose.sides == "each" else 0
    )
    assert len(rests) == wanted
    assert {step.seconds for step in rests} <= {dose.rest_seconds}
    assert dose.steps()[-1].kind not in (REST, SWITCH_LEGS)


@given(doses())
def test_only_what_lies_beyond_the_lower_end_of_a_range_is_extra(dose):
    required = [step for step in of_kind(dose, HOLD) if not step.is_extra]

    assert len(required) == (
        (dose.sets or 1) * dose.legs * (dose.reps_from or 1) if dose.hold_seconds else 0
    )


@given(doses())
def test_the_minutes_are_the_seconds_of_the_script(dose):
    total = sum(
        step.seconds or step.reps_to * 4 or step.reps_from * 4 for step in dose.steps()
    )

    assert dose.seconds() == total
    assert dose.minutes() == max(1, round(total / 60))


@given(doses())
def test_the_sentence_the_sheet_and_the_machines_tell_the_same_numbers(dose):
    row = dose.row()
    plan = structured_data._plan(_Named(), dose)
    numbers = [
        dose.sets,
        dose.reps_from,
        dose.reps_to,
        dose.hold_seconds,
        dose.days_per_week,
    ]
    said = [number for number in numbers if number]

    assert sorted(int(n) for n in re.findall(r"\d+", dose.sentence())) == sorted(said)
    on_paper = [
        row.get(name, "") for name in ["Sets", "Repetitions", "Hold", "Days a week"]
    ]
    assert [int(n) for n in re.findall(r"\d+", " ".join(on_paper))] == said
    assert plan["additionalVariable"] == dose.sentence()
    assert plan.get("activityDuration") == (
        f"PT{dose.hold_seconds}S" if dose.hold_seconds else None
    )
    assert _least(plan) == dose.reps_from
    assert ("each leg" in dose.sentence()) == (row.get("Side") == "each leg")


@given(doses())
def test_a_dose_comes_back_from_json_as_it_was(dose):
    assert DoseSnapshot(**dose.as_data()) == dose


def test_thirty_seconds_on_each_leg_is_two_holds_with_a_change_between():
    assert DoseSnapshot(hold_seconds=30, sides="each").steps() == [
        Step("ready", 5),
        Step("hold", 30, leg=1, rep=1),
        Step("switch", 5, leg=2),
        Step("hold", 30, leg=2, rep=1),
    ]


def test_two_sets_have_one_rest_that_lasts_as_long_as_the_patient_wants():
    kinds = [
        (step.kind, step.seconds)
        for step in DoseSnapshot(sets=2, reps_from=10, reps_to=15).steps()
    ]

    assert kinds == [
        ("ready", 5),
        ("reps", None),
        ("rest", None),
        ("ready", 5),
        ("reps", None),
    ]


def test_the_pace_is_the_patients():
    dose = DoseSnapshot(sets=1, reps_from=10)

    assert dose.seconds(tempo=6) == player_script.READY + 60


class _Named:
    title = "A move"


def _least(plan):
    repetitions = plan.get("repetitions")
    return repetitions["minValue"] if isinstance(repetitions, dict) else repetitions
