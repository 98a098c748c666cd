"""From which pain on the player gives advice."""

import pytest

from exercises.snapshots import RoutineSnapshot


@pytest.mark.parametrize(
    ("limits", "limit"),
    [
        ({}, 5),
        ({"green_to": 2, "amber_to": 4}, 4),
        ({"green_to": 3, "amber_to": 5}, 5),
        ({"green_to": 5, "amber_to": 8}, 5),
    ],
)
def test_the_limit_is_that_of_the_routine_and_five_at_most(limits, limit):
    routine = RoutineSnapshot("Knees", "", "", pain_provenance="A leaflet.", **limits)

    assert routine.pain_limit() == limit


def test_limits_that_are_nobodys_do_not_count():
    routine = RoutineSnapshot("Knees", "", "", green_to=1, amber_to=2)

    assert routine.pain_limit() == 5
