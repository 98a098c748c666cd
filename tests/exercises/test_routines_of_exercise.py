"""An exercise leads to the routines that it is a part of, as far as patients can read them."""

import re

import pytest

from kneecare.publishing.publish import take_down
from tests.factories import make_clinic, make_exercise, make_routine

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clinic():
    return make_clinic()


def routines_on(client, exercise):
    html = client.get(exercise.get_absolute_url()).text
    listed = html.partition("Routines with this move")[2].partition("</ul>")[0]
    return re.findall(r'href="([^"]*)"', listed)


def test_an_exercise_leads_to_each_routine_that_has_it(client):
    squat, bridge = make_exercise(), make_exercise()
    routine = make_routine(squat, bridge)
    make_routine(bridge)

    assert routines_on(client, squat) == [routine.get_absolute_url()]


def test_a_routine_that_was_taken_down_is_not_named(client):
    squat = make_exercise()
    take_down(make_routine(squat))

    html = client.get(squat.get_absolute_url()).text

    assert "Routines with this move" not in html
