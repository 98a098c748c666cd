"""Nothing moves in the player for somebody whose device asks for less motion; for all others, figures move and rest.

That nothing moves on any other page is asked in test_accessibility, on the same visit.
"""

import pytest

from tests.browser.motion import MOVES

pytestmark = pytest.mark.browser
FIGURE = "/exercises/glute-bridge/"


@pytest.mark.browser_context_args(reduced_motion="reduce")
def test_nothing_moves_in_the_player_where_less_motion_is_asked_for(play):
    page = play({"hold": 30})

    assert page.evaluate(MOVES) == []


def test_figures_move_where_motion_is_welcome(site, page):
    page.goto(site + FIGURE)
    page.locator("main .figure").first.scroll_into_view_if_needed()

    for _ in range(100):
        if page.evaluate(MOVES):
            return
        page.wait_for_timeout(50)
    raise AssertionError("It was seen for five seconds, and did not move.")
