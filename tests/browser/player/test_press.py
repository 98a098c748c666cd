"""What a press in the player is answered with: the last pose of a figure, and the way to it only after the paint.

How long a press waits is a figure of `make bench`; here stands what that time comes from.
"""

import pytest
from playwright.sync_api import expect

from exercises.figures.poses import first_poses
from exercises.models import Progression
from tests.factories import make_exercise, make_routine

pytestmark = pytest.mark.browser
BODIES = 17  # the last pose, and 16 on the way to it
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


def bodies(page):
    """The bodies of the moving figure on the stage that take part in the layout."""
    return page.locator(".player-stage__figure .figure__strip > *").evaluate_all(
        "(all) => all.filter((body) => body.getClientRects().length).length"
    )


@pytest.mark.parametrize(
    "press", ["Too easy? Do a harder one", "Skip"], ids=["another version", "next move"]
)
def test_a_press_shows_the_last_pose_and_the_way_comes_after_the_paint(player, press):
    # Its text and not what is seen of it: that is empty until the browser has painted it.
    shown = player.locator(".player-exercise:not([hidden]) [data-body] > h2")
    before = shown.text_content()
    assert before
    while shown.text_content() == before:
        player.get_by_role("button", name=press).click()
        player.clock.run_for(FRAME)
    assert bodies(player) == 1

    player.clock.run_for(100)
    assert bodies(player) == BODIES


def test_a_press_is_answered_on_the_panel_before_the_exercise_is_laid_out(player):
    for _ in range(2):
        player.get_by_role("button", name="Skip").click()

    expect(player.get_by_text("2 of 2")).to_be_visible()
    expect(player.get_by_role("heading", name="First")).to_be_visible()

    player.clock.run_for(FRAME)
    expect(player.get_by_role("heading", name="Second")).to_be_visible()
    expect(player.get_by_role("heading", name="First")).to_be_hidden()


def test_the_way_back_to_the_own_version_keeps_every_body(player):
    for press in ["Too easy? Do a harder one", "Too hard? Do an easier one"] * 2:
        player.get_by_role("button", name=press).click()

    player.clock.run_for(100)

    expect(player.get_by_role("heading", name="First")).to_be_visible()
    assert bodies(player) == BODIES
