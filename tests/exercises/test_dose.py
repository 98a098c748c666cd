import datetime

import pytest
from django.db import IntegrityError

from exercises.dose import NOT_STATED
from exercises.models import Dose
from tests.factories import make_clinician, make_exercise


@pytest.mark.parametrize(
    ("numbers", "sentence"),
    [
        ({"sets": 2, "reps_from": 10, "reps_to": 15}, "2 sets of 10 to 15"),
        ({"sets": 3, "reps_from": 15}, "3 sets of 15"),
        ({"sets": 1, "reps_from": 8}, "1 set of 8"),
        ({"sets": 2}, NOT_STATED),
        ({"as_able": "as many as you can do well"}, "as many as you can do well"),
        (
            {"sets": 2, "as_able": "as many as you can do well", "sides": "each"},
            "2 sets, as many as you can do well on each leg",
        ),
        ({"reps_from": 10}, "10 repetitions"),
        ({"reps_from": 10, "reps_to": 15}, "10 to 15 repetitions"),
        ({"reps_from": 1}, "1 repetition"),
        ({"hold_seconds": 30, "sides": "each"}, "30 seconds on each leg"),
        ({"sets": 2, "hold_seconds": 20}, "2 sets of 20 seconds"),
        (
            {"sets": 2, "reps_from": 5, "hold_seconds": 1},
            "2 sets of 5, held for 1 second",
        ),
        ({"sets": 3, "reps_from": 15, "sides": "both"}, "3 sets of 15 with both legs"),
        (
            {"sets": 2, "reps_from": 10, "days_per_week": 3},
            "2 sets of 10 on 3 days a week",
        ),
        (
            {"sets": 2, "reps_from": 10, "days_per_week": 1},
            "2 sets of 10 on 1 day a week",
        ),
        ({}, NOT_STATED),
        ({"sides": "each", "days_per_week": 3}, NOT_STATED),
    ],
)
def test_sentence_says_what_is_stated_and_nothing_else(numbers, sentence):
    assert Dose(**numbers).sentence() == sentence


def test_not_stated_names_each_open_question():
    dose = Dose(sets=2, reps_from=10, reps_to=15)

    assert dose.not_stated() == ["hold", "rest", "one leg or both", "days a week"]


def test_not_stated_does_not_ask_for_repetitions_of_a_hold():
    dose = Dose(hold_seconds=30, sides="each")

    assert dose.not_stated() == ["sets", "rest", "days a week"]


@pytest.mark.django_db
def test_an_exercise_without_a_dose_states_nothing():
    exercise = make_exercise()

    assert exercise.dose.sentence() == NOT_STATED
    assert exercise.dose.steps() == []
    assert exercise.dose.minutes() is None
    assert exercise.shown.dose.row() == {}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("numbers", "constraint"),
    [
        ({"reps_from": 15, "reps_to": 10}, "dose_range_runs_upward"),
        (
            {"reps_from": None, "reps_to": 10, "hold_seconds": 5},
            "dose_range_runs_upward",
        ),
        ({"sets": 0}, "dose_counts_start_at_one"),
        ({"reps_from": 0}, "dose_counts_start_at_one"),
        ({"hold_seconds": 0}, "dose_counts_start_at_one"),
        ({"days_per_week": 8}, "dose_days_fit_in_a_week"),
        ({"days_per_week": 0}, "dose_days_fit_in_a_week"),
        ({"reps_from": None}, "dose_states_reps_hold_or_as_able"),
        (
            {"as_able": "as you can"},
            # It breaks two rules at once; each database names the one that it tries first.
            "dose_counts_or_says_as_able|dose_as_able_comes_from_a_clinician",
        ),
        (
            {"reps_from": None, "as_able": "as you can"},
            "dose_as_able_comes_from_a_clinician",
        ),
        ({"sides": "left"}, "dose_side_is_known"),
        ({"source": ""}, "dose_says_where_it_comes_from"),
        ({"set_on": datetime.date(2026, 1, 5)}, "dose_says_where_it_comes_from"),
    ],
)
def test_the_database_refuses_an_impossible_dose(numbers, constraint):
    with pytest.raises(IntegrityError, match=constraint):
        make_exercise(dose={"reps_from": 8} | numbers)


@pytest.mark.django_db
def test_provenance_names_the_clinician_and_the_day():
    clinician = make_clinician(name="Ada Byron", credentials="DPT")
    exercise = make_exercise(
        dose={
            "reps_from": 8,
            "source": "",
            "set_by": clinician,
            "set_on": datetime.date(2026, 1, 5),
        }
    )

    assert exercise.dose.provenance == "Set by Ada Byron, DPT on January 5, 2026"
