"""The screen stays on while a routine runs, and no longer; a routine that was left for hours begins anew."""

import pytest
from playwright.sync_api import expect

from tests.browser.playing import seconds

pytestmark = pytest.mark.browser
# In the place of a device that keeps its screen on as long as somebody asks it to.
SCREEN = """
    window.locks = [];
    Object.defineProperty(navigator, "wakeLock", { value: { request: async () => {
        const lock = { released: false, release: async () => { lock.released = true; } };
        window.locks.push(lock);
        return lock;
    } } });
"""
KEPT_ON = "window.locks.filter((lock) => !lock.released).length"


@pytest.fixture
def player(play, page):
    """A hold of half a minute that has begun."""
    page.add_init_script(SCREEN)
    play({"hold": 30})
    seconds(page, 6)
    return page


def test_the_screen_is_kept_on_while_the_routine_runs(player):
    assert player.evaluate(KEPT_ON) == 1


def test_a_pause_lets_the_screen_go_and_going_on_keeps_it_again(player):
    player.get_by_role("button", name="Pause").click()
    seconds(player, 1)
    paused = player.evaluate(KEPT_ON)
    player.get_by_role("button", name="Go on").click()
    seconds(player, 1)

    assert paused == 0
    assert player.evaluate(KEPT_ON) == 1


def test_the_end_lets_the_screen_go(player):
    seconds(player, 30)
    expect(player.get_by_role("heading", name="Done. Well done!")).to_be_visible()

    assert player.evaluate(KEPT_ON) == 0


def test_a_screen_that_the_device_let_go_is_kept_on_again(player):
    """A device lets go whenever its owner looks at something else."""
    player.evaluate("window.locks.forEach((lock) => (lock.released = true))")
    seconds(player, 2)

    assert player.evaluate(KEPT_ON) == 1


@pytest.mark.parametrize(("hours", "goes_on"), [(5, True), (7, False)])
def test_a_routine_that_was_left_for_hours_begins_anew(player, hours, goes_on):
    player.get_by_role("button", name="Pause").click()
    seconds(player, 1)

    player.clock.fast_forward(f"{hours:02}:00:00")
    player.reload()

    asked = player.get_by_role("button", name="Go on" if goes_on else "Start")
    expect(asked).to_be_visible()
