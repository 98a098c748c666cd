"""What patients read of a dose, and where."""

import pytest
from django.urls import reverse

from exercises.models import Exercise
from kneecare.publishing.publish import publish
from tests.exercises.printed import said
from tests.factories import (
    give_dose,
    make_clinic,
    make_exercise,
    make_handout,
    make_routine,
)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.same_on_any_database("pages as they are drawn"),
]
ARMS = {"limb": "arm", "dose": {"reps": 8, "sides": "each"}}


@pytest.fixture(autouse=True)
def clinic():
    return make_clinic()


def test_a_dose_is_worded_for_what_the_exercise_has_two_of(client):
    exercise = make_exercise(**ARMS)
    routine, handout = make_routine(exercise), make_handout(exercise)

    for path in [
        exercise.get_absolute_url(),
        routine.get_absolute_url(),
        reverse("routines:handout", args=[routine.slug]),
        handout.get_absolute_url(),
    ]:
        assert "8 repetitions on each arm" in said(client, path), path


def test_another_limb_is_read_once_it_is_published(client):
    exercise = make_exercise(**ARMS)
    routine = make_routine(exercise)
    give_dose(routine.items.get(), reps=5, sides="each", source="A book.")
    Exercise.objects.update(limb="foot")

    publish(routine, by=None)
    assert "on each arm" in said(client, routine.get_absolute_url())

    publish(Exercise.objects.get(), by=None)
    publish(routine, by=None)
    assert "on each foot" in said(client, routine.get_absolute_url())


@pytest.mark.parametrize("dose", [None, {"sets": 2, "reps": 8}])
def test_cards_and_lists_ask_nothing(client, dose):
    make_routine(make_exercise(dose=dose))

    for path in ["/", "/exercises/", "/routines/"]:
        text = said(client, path)
        assert "ask your clinician" not in text, path
        assert "ot stated" not in text, path


def test_words_of_a_clinician_stand_in_the_place_of_the_question(client):
    nobodys = make_exercise()
    assert "How many to do: ask your clinician" in said(client, nobodys.get_absolute_url())  # fmt: skip
    words = {"as_able": "Start with what feels easy", "source": "", "set_on": "2026-01-05"}  # fmt: skip
    theirs = make_exercise(dose={**words, "set_by": nobodys.author})

    text = said(client, theirs.get_absolute_url())

    assert "Start with what feels easy" in text
    assert "ask your clinician" not in text
