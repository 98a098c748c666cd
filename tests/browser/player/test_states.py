"""axe on each state of the player."""

import pytest

from exercises.figures.poses import first_poses
from tests.browser.axe import PHONE, axe, sideways
from tests.factories import make_clinic, make_exercise, make_routine

pytestmark = pytest.mark.browser


@pytest.fixture
def player(live_server, transactional_db, page):
    make_clinic(phone="+16235550142")
    exercise = make_exercise(
        dose={"hold": 60, "sides": "each"},
        figure=first_poses()["single-leg-balance"],
        not_for="You broke your leg.",
        hold_on_to="a wall",
    )
    guide = {"green_to": 2, "amber_to": 4, "pain_source": "A leaflet."}
    page.set_viewport_size(PHONE)
    page.goto(
        f"{live_server.url}{make_routine(exercise, **guide).get_absolute_url()}play/"
    )
    return page


def press(page, name):
    page.get_by_role("button", name=name).click()


def found(page):
    return [*axe(page), *sideways(page)]


def test_axe_finds_nothing_from_the_question_to_the_move(player):
    press(player, "Start")
    asking = found(player)
    press(player, "Left")
    player.locator(".player-stage__figure .figure").wait_for()
    moving = found(player)
    press(player, "Pause")

    assert asking + moving + found(player) == []


def test_axe_finds_nothing_in_the_settings(player):
    press(player, "Sound and pace")
    player.get_by_role("dialog").wait_for()

    assert found(player) == []


def test_axe_finds_nothing_at_the_end(player):
    press(player, "Start")
    press(player, "Left")
    while player.get_by_role("button", name="Skip").is_visible():
        press(player, "Skip")
    skipped = found(player)
    press(player, "I did them. Note the day")
    player.get_by_role("group", name="How much did it hurt?").get_by_label("7").check()
    player.get_by_text("Note how each move went").click()

    assert skipped + found(player) == []
