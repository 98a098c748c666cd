"""What a press in the player is answered with: one body of the figure, which is all that is ever laid out of it.

How long a press waits is a figure of `make bench`; here stands what that time comes from.
"""

import pytest
from playwright.sync_api import expect

from exercises.figures.poses import first_poses
from exercises.models import Progression
from tests.factories import make_exercise, make_routine

pytestmark = pytest.mark.browser
BODIES = 17  # the last pose, and 16 on the way to it
STAGE = ".player-stage__figure"
FRAME = 20  # milliseconds until what was left for after the paint is done


@pytest.fixture
def player(live_server, transactional_db, page):
    """The player at its first move, with a clock that stands still."""
    bridges = Progression.objects.create(title="Bridges")
    poses = first_poses()
    make_exercise(
        title="Harder",
        figure=poses["single-leg-glute-bridge"],
        progression=bridges,
        level=2,
    )
    first, second = (
        make_exercise(title=title, figure=poses[pose], dose={"hold": 30}, **place)
        for title, pose, place in [
            ("First", "glute-bridge", {"progression": bridges, "level": 1}),
            ("Second", "calf-raise", {}),
        ]
    )
    routine = make_routine(first, second)
    page.clock.install(time=0)
    page.goto(f"{live_server.url}{routine.get_absolute_url()}play/")
    page.clock.pause_at(10_000)
    page.get_by_role("button", name="Start").click()
    page.clock.run_for(100)
    return page


def bodies(page, where):
    return page.locator(f"{where} .figure__strip > *").count()


@pytest.mark.parametrize(
    "press", ["Too easy? Do a harder one", "Skip"], ids=["another version", "next move"]
)
def test_a_press_lays_out_one_body(player, press):
    # Its text and not what is seen of it: that is empty until the browser has painted it.
    shown = player.locator(".player-exercise:not([hidden]) [data-body] > h2")
    before = shown.text_content()
    assert before
    while shown.text_content() == before:
        player.get_by_role("button", name=press).click()
        player.clock.run_for(FRAME)

    assert bodies(player, STAGE) == 1


def test_a_figure_that_moves_is_one_body_at_a_time(player):
    strip = player.locator(f"{STAGE} .figure__strip")
    places = set()
    for _ in range(60):
        player.clock.run_for(100)
        assert bodies(player, STAGE) == 1
        places.add(strip.get_attribute("transform"))

    assert len(places) > BODIES / 2


def test_a_figure_goes_back_to_its_place_with_every_body(player):
    player.get_by_role("button", name="Skip").click()
    player.clock.run_for(100)
    player.get_by_role("button", name="Skip").click()
    player.clock.run_for(100)

    expect(player.get_by_role("heading", name="Second")).to_be_visible()
    first = player.locator(".player-exercise").first
    assert first.locator(".figure .figure__strip > *").count() == BODIES
    assert first.locator(".figure__strip").get_attribute("transform") is None


def test_a_press_is_answered_on_the_panel_before_the_exercise_is_laid_out(player):
    for _ in range(2):
        player.get_by_role("button", name="Skip").click()

    expect(player.get_by_text("2 of 2")).to_be_visible()
    expect(player.get_by_role("heading", name="First")).to_be_visible()

    player.clock.run_for(FRAME)
    expect(player.get_by_role("heading", name="Second")).to_be_visible()
    expect(player.get_by_role("heading", name="First")).to_be_hidden()
