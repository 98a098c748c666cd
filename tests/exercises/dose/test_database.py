"""What the database, the form and the page keep of a dose, and what none of them takes."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis.extra.django import TestCase

from exercises.dose import NOT_STATED, Amount, DoseSnapshot
from exercises.dose.amount import QUANTITIES
from exercises.models import Dose
from tests.exercises.dose.strategies import doses
from tests.factories import make_clinician, make_exercise


@pytest.mark.django_db
def test_an_exercise_without_a_dose_states_nothing():
    exercise = make_exercise()

    assert exercise.dose.sentence() == NOT_STATED
    assert exercise.dose.brief() == ""
    assert exercise.dose.steps() == []
    assert exercise.dose.minutes() is None
    assert exercise.shown.dose.row() == {}


# States something by itself, so that one rule alone is broken.
OFTEN = {"reps": None, "spacing": "every_other_day"}


class AnyDose(TestCase):
    @settings(max_examples=40, deadline=None)
    @given(doses())
    def test_the_database_takes_any_dose_and_gives_it_back(self, dose):
        exercise = make_exercise(limb=dose.limb)
        fields = dose.as_data()
        del fields["limb"]

        kept = Dose(exercise=exercise, source="A book.", set_by=make_clinician(), set_on="2026-01-05", **fields)  # fmt: skip
        kept.full_clean()
        kept.save()

        again = DoseSnapshot.of(Dose.objects.get(pk=kept.pk))
        assert again.sentence() == dose.sentence()
        assert again.as_data() == {**dose.as_data(), "provenance": kept.provenance}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("numbers", "constraint"),
    [
        *(({**OFTEN, name: Amount(5, 5)}, f"dose_{name}_can_be") for name in QUANTITIES),
        *(({**OFTEN, name: Amount(1, later=5, later_high=4)}, f"dose_{name}_can_be") for name in QUANTITIES),
        *(({**OFTEN, name: Amount(quantity.most + 1)}, f"dose_{name}_can_be") for name, quantity in QUANTITIES.items()),
        *(({**OFTEN, name: Amount(quantity.least - 1)}, f"dose_{name}_can_be") for name, quantity in QUANTITIES.items() if name != "activity"),
        ({"reps": None}, "dose_says_how_much_or_how_often"),
        ({"reps": None, "sides": "each", "load": "A band", "weeks": 3}, "dose_says_how_much_or_how_often"),
        ({"reps": None, "as_able": "as you can"}, "dose_as_able_comes_from_a_clinician"),
        ({"sides": "left"}, "dose_side_is_known"),
        ({"spacing": "at noon"}, "dose_spacing_is_known"),
        ({"source": ""}, "dose_says_where_it_comes_from"),
        ({"set_on": datetime.date(2026, 1, 5)}, "dose_says_where_it_comes_from"),
        ({"sets": 1, "rest": 30}, "dose_rests_between_two_sets"),
        ({"reps": 1, "pause": 30}, "dose_rests_after_more_than_one_repetition"),
        ({"activity": "5 min"}, "dose_does_an_activity_or_repetitions"),
        ({"parts": "walk 2 min, run 3 min"}, "dose_does_parts_or_repetitions"),
        ({"per_day": 3, "spacing": "hourly"}, "dose_says_once_how_often_a_day"),
        ({"days": 5, "spacing": "every_other_day"}, "dose_has_room_for_days_off"),
        ({"days": "3-4", "spacing": "days_between"}, "dose_has_room_for_days_off"),
    ],
)  # fmt: skip
def test_the_database_refuses_an_impossible_dose(numbers, constraint):
    exercise = make_exercise()

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Dose.objects.create(exercise=exercise, **{"reps": 8, "source": "A."} | numbers)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "numbers",
    [
        {"sets": "1, then 3", "rest": 30},
        {"sets": "then 3", "rest": 30},
        {"sets": "2, then 1", "rest": 30},
        {"reps": "1-3", "pause": 30},
        {"days": "3-4", "spacing": "every_other_day"},
        {"days": 3, "spacing": "days_between"},
        {"as_able": "to fatigue"},
        {"reps": None, "sets": 3, "as_able": "as able"},
        {"reps": None, "per_day": 4},
        {"reps": None, "sets": 3},
    ],
)
def test_the_database_takes_what_only_looks_like_a_contradiction(numbers):
    dose = Dose(exercise=make_exercise(), **{"reps": 8, "source": "A."} | numbers)

    dose.full_clean()
    dose.save()

    assert Dose.objects.get().sentence() == dose.sentence()


@pytest.mark.django_db
def test_a_hold_that_is_the_pause_of_the_tempo_as_well_is_said_twice():
    dose = Dose(exercise=make_exercise(), reps=8, hold=3, tempo="2 up, 3 pause, 2 down")

    with pytest.raises(ValidationError, match="leave one of them out"):
        dose.full_clean()


@pytest.mark.django_db
def test_provenance_names_the_clinician_and_the_day():
    clinician = make_clinician(name="Ada Byron", credentials="DPT")
    day = datetime.date(2026, 1, 5)
    fields = {"source": "", "set_by": clinician, "set_on": day}
    exercise = make_exercise(dose={"reps": 8, **fields})

    assert exercise.dose.provenance == "Set by Ada Byron, DPT on January 5, 2026"
