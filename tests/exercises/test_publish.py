import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from exercises.models import Exercise, Progression, Routine
from exercises.rendering.content import shown_routines, versions
from kneecare.publishing.publish import publish, take_down
from tests.factories import give_dose, make_exercise, make_routine

pytestmark = pytest.mark.django_db


def shown(routine):
    (found,) = shown_routines([Routine.objects.published().get(pk=routine.pk).shown])
    return found


def test_a_routine_keeps_the_doses_that_it_was_published_with(client):
    exercise = make_exercise(dose={"reps": 8})
    routine = make_routine(exercise)
    before = client.get(routine.get_absolute_url()).content

    exercise.stated_dose.reps = 9
    exercise.stated_dose.save()
    publish(exercise, by=None)
    assert client.get(routine.get_absolute_url()).content == before

    publish(routine, by=None)
    assert "9 repetitions" in client.get(routine.get_absolute_url()).text


def test_a_routine_can_give_an_exercise_another_dose():
    exercise = make_exercise(dose={"reps": 8})
    routine = make_routine(exercise)
    give_dose(routine.items.get(), reps=5, source="A book.")

    publish(routine, by=None)

    assert [item.dose.sentence() for item in shown(routine).items] == ["5 repetitions"]
    assert exercise.shown.dose.sentence() == "8 repetitions"


def test_an_exercise_that_is_taken_down_leaves_the_routine():
    stays, goes = make_exercise(), make_exercise()
    routine = make_routine(stays, goes)

    take_down(goes)

    assert [item.exercise.pk for item in shown(routine).items] == [stays.pk]


def test_a_draft_exercise_is_not_published_with_the_routine():
    routine = make_routine(make_exercise(published_at=None))

    assert shown(routine).items == []


def test_versions_are_numbered_and_the_last_one_is_live():
    exercise = make_exercise()

    publish(exercise, by=None, note="A clearer step.")

    assert [p.number for p in exercise.versions.all()] == [2, 1]
    assert Exercise.objects.get().live_version.number == 2
    assert Exercise.objects.get().live_version.note == "A clearer step."


@pytest.mark.parametrize("make", [make_exercise, make_routine])
def test_nothing_is_published_without_a_version(make):
    page = make(published_at=None)

    with (
        pytest.raises(IntegrityError, match="has_a_version"),
        transaction.atomic(),
    ):
        type(page).objects.filter(pk=page.pk).update(published_at="2026-01-05T00:00Z")


def test_a_level_is_taken_once():
    progression = Progression.objects.create(title="Bridges")
    make_exercise(progression=progression, level=1)

    with pytest.raises(IntegrityError, match=r"progression|a_progression_has_one"):
        make_exercise(progression=progression, level=1)


def test_a_routine_offers_the_published_versions_next_to_each_exercise():
    progression = Progression.objects.create(title="Bridges")
    chain = [make_exercise(progression=progression, level=level) for level in [1, 2, 5]]
    make_exercise(progression=progression, level=3, published_at=None)
    routine = make_routine(*chain)

    offered = [
        (item.easier and item.easier.pk, item.harder and item.harder.pk)
        for item in shown(routine).items
    ]

    one, two, five = [exercise.pk for exercise in chain]
    assert offered == [(None, two), (one, five), (two, None)]


class TestProgression(TestCase):
    @settings(max_examples=25, deadline=None)
    @given(st.lists(st.integers(1, 9), unique=True, min_size=1, max_size=5))
    def test_harder_again_and_again_comes_to_an_end(self, levels):
        progression = Progression.objects.create(title="Any")
        for level in levels:
            make_exercise(progression=progression, level=level)
        exercise, seen = Exercise.objects.published().order_by("level").first(), []

        while exercise:
            seen.append(exercise.level)
            exercise = versions(exercise)[1]

        assert seen == sorted(levels)
