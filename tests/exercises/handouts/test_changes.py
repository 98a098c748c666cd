"""What an old sheet is told of the page that it leads to."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exercises.dose import DoseSnapshot
from exercises.handouts.changes import changes
from exercises.handouts.versions import store_version
from exercises.snapshots import ExerciseSnapshot, ItemSnapshot, RoutineSnapshot
from kneecare.publishing.publish import publish, take_down
from tests.factories import (
    make_account,
    make_clinic,
    make_exercise,
    make_handout,
    make_routine,
)


def exercise(number, **fields):
    words = dict.fromkeys(["summary", "steps", "why", "mistakes", "not_for"], "")
    facts = {"pk": number, "title": f"Move {number}", "figure": {}, "tags": []}
    return ExerciseSnapshot(**{**words, **facts, "dose": DoseSnapshot(), **fields})


def item(number, **dose):
    return ItemSnapshot(exercise(number), DoseSnapshot(**({"reps": 8} | dose)))


def routine(*items, **fields):
    words = {"title": "Two moves", "summary": "", "intro": ""}
    return RoutineSnapshot(**words, items=list(items), **fields)


BEFORE = routine(item(1), item(2))


@pytest.mark.parametrize(
    ("after", "told"),
    [
        (BEFORE, []),
        (routine(item(1), item(2), item(3)), ["Added: Move 3, 8 repetitions."]),
        (
            routine(item(1), item(2), ItemSnapshot(exercise(3), DoseSnapshot())),
            ["Added: Move 3."],
        ),
        (routine(item(2)), ["Taken out: Move 1."]),
        (
            routine(item(2), item(1)),
            ["The order has changed. It is now: Move 2, Move 1."],
        ),
        (
            routine(item(1, sets=2), item(2)),
            ["Move 1: it was “8 repetitions”. Now it is “2 sets of 8”."],
        ),
        (
            routine(item(1, reps=None), item(2)),
            ["Move 1: it was “8 repetitions”. Now it is not stated."],
        ),
        (
            routine(item(1, rest=60), item(2)),
            [
                "Move 1: it was “8 repetitions”. Now it is “8 repetitions, with 1 minute of rest between sets”."
            ],
        ),
        (
            routine(item(1), item(2, load="a red band")),
            ["Move 2, with: it was not stated. Now it is “a red band”."],
        ),
        (
            routine(item(1, note="Slowly."), item(2)),
            ["Move 1: the words below the dose have changed."],
        ),
        (
            routine(replace(item(1), exercise=exercise(1, steps="Sit.")), item(2)),
            ["Move 1: how to do it has changed."],
        ),
        (replace(BEFORE, note="Slowly."), ["There is a note now."]),
        (
            replace(BEFORE, title="Moves"),
            ["The name was “Two moves”. Now it is “Moves”."],
        ),
        (
            replace(BEFORE, intro="<p>Hi.</p>"),
            ["The words at the start have changed."],
        ),
        (
            replace(BEFORE, days_per_week=3, weeks=6),
            ["How often: it was not stated. Now it is “3 days a week for 6 weeks”."],
        ),
        (
            replace(BEFORE, rest_between=0),
            ["Rest between exercises: it was not stated. Now it is “0 seconds”."],
        ),
        (
            replace(BEFORE, green_to=2, amber_to=4, pain_provenance="A leaflet"),
            ["The numbers for how much it may hurt have changed."],
        ),
    ],
)
def test_each_change_is_told_in_words(after, told):
    assert changes(BEFORE, after) == told


def test_a_note_that_changes_or_goes_is_told():
    slowly, fast = replace(BEFORE, note="Slowly."), replace(BEFORE, note="Fast.")

    assert changes(slowly, fast) == ["The note has changed."]
    assert changes(slowly, BEFORE) == ["The note was taken out."]


def test_an_exercise_that_comes_twice_is_told_by_its_turn():
    twice = routine(item(1), item(1, reps=5))

    assert changes(routine(item(1)), twice) == ["Added: Move 1, 5 repetitions."]
    assert changes(twice, routine(item(1), item(1, reps=6))) == [
        "Move 1: it was “5 repetitions”. Now it is “6 repetitions”."
    ]


PLANS = st.lists(
    st.builds(item, st.integers(1, 4), reps=st.integers(1, 3)), max_size=5
).map(lambda items: routine(*items))


@given(PLANS)
def test_nothing_is_told_of_what_is_the_same(plan):
    assert changes(plan, plan) == []


@given(PLANS, PLANS)
def test_whatever_differs_is_told(old, new):
    assert bool(changes(old, new)) == (old != new)


def notice(client, address, sheet):
    page = client.get(address, {"sheet": sheet}).text
    return page.partition("Your sheet is an old one")[2].partition("Before you start")[
        0
    ]


@pytest.mark.django_db
def test_an_old_sheet_of_a_routine_is_told_what_has_changed(client):
    make_clinic()
    bridge = make_exercise(title="Bridge", dose={"reps": 8})
    page = make_routine(bridge)
    page.days_per_week = 3
    page.save()
    publish(page, by=None)

    found = notice(client, page.get_absolute_url(), 1)

    assert "Your sheet is version 1. This is version 2." in found
    assert "How often: it was not stated. Now it is “3 days a week”." in found


@pytest.mark.django_db
@pytest.mark.parametrize("sheet", ["2", "3", "0", "-1", "x", "", "²", "9" * 40, "1e3"])
def test_a_sheet_that_is_new_or_never_was_is_told_nothing(client, sheet):
    make_clinic()
    page = make_routine(make_exercise())
    publish(page, by=None)
    handout = make_handout(make_exercise(), title="Other")
    handout.title = "New"
    store_version(handout, by=None, on=handout.made_on, is_checked=False)

    for row in [page, handout]:
        response = client.get(row.get_absolute_url(), {"sheet": sheet})
        assert response.status_code == 200
        assert "Your sheet is" not in response.text


@pytest.mark.django_db
def test_an_old_sheet_of_a_handout_is_told_what_has_changed(client):
    make_clinic()
    handout = make_handout(make_exercise(title="Bridge"))
    for title in ["Second", "Third"]:
        handout.title = title
        store_version(handout, by=None, on=handout.made_on, is_checked=False)

    found = notice(client, handout.get_absolute_url(), 2)

    assert "Your sheet is version 2. This is version 3." in found
    assert "The name was “Second”. Now it is “Third”." in found


@pytest.mark.django_db
def test_a_sheet_is_told_nothing_of_another_page(client):
    make_clinic()
    old = make_handout(make_exercise(title="Bridge"))
    old.title = "Second"
    store_version(old, by=None, on=old.made_on, is_checked=False)
    other = make_handout(make_exercise(title="Raise"))

    assert notice(client, other.get_absolute_url(), 1) == ""


@pytest.mark.django_db
def test_an_exercise_that_was_taken_down_is_told_as_taken_out(client):
    make_clinic()
    goes = make_exercise(title="Bridge")
    handout = make_handout(goes, make_exercise())
    handout.title = "Second"
    store_version(handout, by=None, on=handout.made_on, is_checked=False)

    take_down(goes)

    assert "Taken out: Bridge." in notice(client, handout.get_absolute_url(), 1)


@pytest.mark.django_db
def test_a_version_that_says_the_same_tells_so(client):
    make_clinic()
    handout = make_handout(make_exercise())
    account = make_account(handout.clinician)
    store_version(handout, by=account, on=handout.made_on, is_checked=True)

    found = notice(client, handout.get_absolute_url(), 1)

    assert "What you do is still the same." in found
