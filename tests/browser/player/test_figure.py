"""The figure of the player moves with the count, on the side that works; on other pages it moves when it is seen, and again on demand."""

import pytest
from playwright.sync_api import expect

from exercises.figures.poses import first_poses
from tests.browser.playing import NOON, settings
from tests.factories import make_exercise, make_handout, make_routine

pytestmark = pytest.mark.browser
# Degrees at which the near thigh of the body that is seen now stands on the screen.
THIGH = """() => {
  const slot = document.querySelector(".player-stage__figure").getBoundingClientRect();
  const middle = slot.left + slot.width / 2;
  const bodies = [...document.querySelectorAll(".player-stage__figure .figure__strip > g")];
  const seen = bodies.filter((body) => {
    const box = body.getBoundingClientRect();
    return box.width && box.left < middle && middle < box.right;
  });
  const { a, b } = [...seen.at(-1).querySelectorAll("use[href$='-thigh']")].at(-1).getScreenCTM();
  return Math.round(Math.atan2(b, a) * 180 / Math.PI);
}"""


@pytest.fixture
def bridge(live_server, transactional_db, page):
    """A player of single-leg bridges that has begun, with this dose, and a kept side."""

    def bridge(dose, *, side="right", figure="single-leg-glute-bridge"):
        exercise = make_exercise(dose=dose, figure=first_poses()[figure])
        routine = make_routine(exercise)
        page.add_init_script(
            f"""localStorage["kneecare.pace"] ??= '{{"side": "{side}"}}'"""
        )
        page.clock.install(time=NOON)
        page.goto(f"{live_server.url}{routine.get_absolute_url()}play/")
        page.clock.pause_at(NOON.replace(second=10))
        page.get_by_role("button", name="Start").click()
        return page

    return bridge


def after(page, seconds):
    page.clock.run_for(round(seconds * 1000))
    return page.evaluate(THIGH)


def test_the_figure_goes_up_and_down_with_each_repetition(bridge):
    page = bridge({"reps": 10})

    down = after(page, 5.05)
    (half,) = [after(page, 0.8)]
    up = after(page, 1)
    again = after(page, 2)
    next_up = after(page, 2)

    assert abs(up - down) > 20
    assert min(up, down) < half < max(up, down)
    assert abs(again - down) <= 3
    assert abs(next_up - up) <= 3


def test_the_figure_keeps_to_the_tempo_that_somebody_sets(bridge):
    page = bridge({"reps": 10})
    with settings(page):
        page.get_by_label("Seconds for one move").fill("8")
    down = after(page, 5.05)

    half = after(page, 1.6)
    up = after(page, 2)

    assert min(up, down) < half < max(up, down)
    assert abs(up - down) > 20


def test_a_hold_is_drawn_as_held_to_its_last_second(bridge):
    page = bridge({"hold": 30})
    down = after(page, 4.9)

    first, last = after(page, 1.5), after(page, 28)

    assert first == last
    assert abs(first - down) > 20


def test_in_a_pause_the_figure_stands_still(bridge):
    page = bridge({"reps": 10})
    after(page, 6)
    page.get_by_role("button", name="Pause").click()

    assert after(page, 0.1) == after(page, 1)


@pytest.mark.parametrize(("side", "is_mirrored"), [("right", [False, True]), ("left", [True, False]), ("both", [False, True])])  # fmt: skip
def test_the_side_that_works_is_the_side_that_is_drawn(bridge, side, is_mirrored):
    page = bridge({"hold": 10, "sides": "each"}, side=side)
    slot, found = page.locator(".player-stage__figure"), []

    for seconds in [7, 15]:
        page.clock.run_for(seconds * 1000)
        found.append(slot.get_attribute("data-mirrored") is not None)

    assert found == is_mirrored


@pytest.mark.parametrize(("side", "is_mirrored"), [("right", False), ("left", True), ("both", False)])  # fmt: skip
def test_where_the_affected_side_alone_works_it_is_drawn_from_the_start(bridge, side, is_mirrored):  # fmt: skip
    page = bridge({"hold": 10, "sides": "affected"}, side=side)
    slot, found = page.locator(".player-stage__figure"), []

    for seconds in [2, 7]:
        page.clock.run_for(seconds * 1000)
        found.append(slot.get_attribute("data-mirrored") is not None)

    assert found == [is_mirrored, is_mirrored]


def test_a_drawing_of_both_sides_is_not_turned(bridge):
    page = bridge({"hold": 10, "sides": "each"}, side="left", figure="calf-raise")  # fmt: skip
    page.clock.run_for(7_000)

    expect(page.locator(".player-stage__figure")).not_to_have_attribute("data-mirrored", "")  # fmt: skip


@pytest.mark.browser_context_args(reduced_motion="reduce")
def test_where_less_motion_is_asked_for_the_two_poses_stand_in_turn_with_their_words(bridge):  # fmt: skip
    page = bridge({"reps": 10})
    pose = page.locator("[data-part=pose]")

    found = {(after(page, 5.05 if i == 0 else 0.2), pose.inner_text()) for i in range(20)}  # fmt: skip

    assert sorted(words for _, words in found) == ["Hips up", "Lift one foot"]


@pytest.fixture
def places(live_server, transactional_db):
    """Where the figure of an exercise stands, by the kind of page."""
    exercise = make_exercise(figure=first_poses()["glute-bridge"], title="Bridge")
    pages = {
        "exercise": exercise,
        "routine": make_routine(exercise),
        "handout": make_handout(exercise),
    }
    return {name: live_server.url + each.get_absolute_url() for name, each in pages.items()}  # fmt: skip


MOVING = "document.getAnimations().map((each) => each.animationName)"


@pytest.mark.parametrize("name", ["exercise", "routine", "handout"])
def test_a_figure_moves_once_it_is_seen_and_not_before(places, page, name):
    page.set_viewport_size({"width": 400, "height": 150})
    page.goto(places[name])
    page.wait_for_function(
        "() => !document.querySelector('figure-replay button').hidden"
    )
    before = page.evaluate(MOVING)

    page.locator(".figure").first.scroll_into_view_if_needed()
    page.set_viewport_size({"width": 400, "height": 900})

    page.wait_for_function(f"() => {MOVING}.length === 1")
    assert before == []


@pytest.mark.parametrize("way", ["mouse", "key", "the drawing"])
def test_a_figure_moves_again_on_demand(places, page, way):
    page.goto(places["exercise"])
    page.wait_for_function(f"() => {MOVING}.length === 1")
    first = page.evaluate(MOVING)
    button = page.get_by_role("button", name="Show the move again")

    if way == "key":
        button.focus()
        page.keyboard.press("Enter")
    else:
        (button if way == "mouse" else page.locator(".figure").first).click()

    page.wait_for_function(f"() => {MOVING}.length === 1")
    assert page.evaluate(MOVING) != first


class TestByTouch:
    @pytest.fixture
    def browser_context_args(self, browser_context_args):
        return {**browser_context_args, "has_touch": True}

    def test_a_figure_moves_again_on_a_touch(self, places, page):
        page.goto(places["exercise"])
        page.wait_for_function(f"() => {MOVING}.length === 1")
        first = page.evaluate(MOVING)

        page.locator(".figure").first.tap()

        page.wait_for_function(f"() => {MOVING}[0] !== '{first[0]}'")


def test_the_orange_of_a_figure_is_explained(places, page):
    page.goto(places["exercise"])

    expect(page.get_by_text("Orange shows the muscles that work.")).to_be_visible()
