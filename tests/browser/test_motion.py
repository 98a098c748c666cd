"""Nothing moves for somebody whose device asks for less motion; for all others, figures move and come to rest."""

import pytest

from tests.site.pages import PAGES

pytestmark = pytest.mark.browser
FIGURE = "/exercises/glute-bridge/"
MOVES = """() => document.getAnimations().map((each) => [
    each.animationName ?? each.transitionProperty, each.effect.target.getAttribute("class")])"""


def moving(page, path, *, over="body"):
    """What moves when the page is shown, and when something on it is pointed at and has the focus."""
    page.goto(path)
    found = page.evaluate(MOVES)
    for each in page.locator(over).filter(visible=True).all():
        each.hover(force=True)
        found += page.evaluate(MOVES)
    page.keyboard.press("Tab")
    return found + page.evaluate(MOVES)


@pytest.mark.browser_context_args(reduced_motion="reduce")
@pytest.mark.parametrize("path", PAGES)
def test_nothing_moves_where_less_motion_is_asked_for(site, page, path):
    assert moving(page, site + path, over="main .figure") == []


@pytest.mark.browser_context_args(reduced_motion="reduce")
def test_nothing_moves_in_the_player_where_less_motion_is_asked_for(play):
    page = play({"hold_seconds": 30})

    assert page.evaluate(MOVES) == []


def test_figures_move_where_motion_is_welcome(site, page):
    assert moving(page, site + FIGURE) != []
