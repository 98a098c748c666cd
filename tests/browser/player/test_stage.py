"""The first screen of the player: figure, count and buttons are whole, in each state, on each screen, with large letters too."""

import json
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from exercises.figures.poses import first_poses
from tests.browser.playing import NOON, seconds
from tests.factories import make_exercise, make_routine

pytestmark = pytest.mark.browser
PHONES = [(320, 568), (360, 640), (375, 553), (390, 664)]
SCREENS = [*PHONES, *((high, wide) for wide, high in PHONES), (1280, 800)]
# How somebody comes to large letters: by the browser's own size of text, or as phones do it.
LETTERS = {
    "as they are": (16, "100%"),
    "of twice the size": (32, "100%"),
    "enlarged by a phone": (16, "200%"),
}
ENLARGE = "(by) => document.documentElement.style.setProperty('text-size-adjust', by, 'important')"
# What is wrong with the first screen: what stands outside of it, what covers what, and what takes another's press.
FAULTS = """() => {
  const stage = document.querySelector(".player-stage");
  const [width, height] = [document.documentElement.clientWidth, innerHeight];
  const shown = (each) => each.checkVisibility({ visibilityProperty: true }) && each.getClientRects().length;
  const name = (each) => each.dataset.part ?? each.dataset.action ?? each.getAttribute("class");
  const things = [...stage.querySelectorAll("button, a, [data-part], legend, fieldset > p, .figure")]
    .filter((each) => shown(each) && !["figure", "controls"].includes(each.dataset.part));
  const boxes = things.map((each) => [each, each.getBoundingClientRect()]).filter(([, box]) => box.width && box.height);
  const faults = [];
  for (const [each, box] of boxes) {
    if (box.left < -0.5 || box.top < -0.5 || box.right > width + 0.5 || box.bottom > height + 0.5)
      faults.push(`${name(each)} is outside`);
    if (each.scrollWidth > each.clientWidth + 1 && each.clientWidth && !each.matches("svg"))
      faults.push(`${name(each)} is cut off`);
    for (const [other, its] of boxes) {
      const over = Math.min(box.right, its.right) - Math.max(box.left, its.left);
      const down = Math.min(box.bottom, its.bottom) - Math.max(box.top, its.top);
      if (each !== other && !each.contains(other) && !other.contains(each) && over > 1 && down > 1)
        faults.push(`${name(each)} and ${name(other)} overlap`);
    }
    if (each.matches("button, a")) {
      const hit = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
      if (!each.contains(hit)) faults.push(`${name(each)} does not get its press`);
      if (box.height < 44) faults.push(`${name(each)} is ${box.height} high`);
    }
  }
  const drawing = stage.querySelector(".figure");
  if (drawing && drawing.getBoundingClientRect().height < 90) faults.push("the figure is too small");
  if (!drawing && !["idle", "asking"].includes(stage.closest("[data-status]").dataset.status)) faults.push("there is no figure");
  if (document.documentElement.scrollWidth > width) faults.push("the page scrolls sideways");
  return [...new Set(faults)];
}"""

RANGE = {"sets": 3, "reps": "10-15", "sides": "each", "rest": 60}
HOLD = {"sets": 2, "hold": 30, "sides": "each"}
# The dose, the settings, how long it runs, what is pressed then, and what the screen says.
STATES = {
    "ready": (RANGE, {}, 1, [], "Get ready"),
    "repetitions": (RANGE, {}, 6, [], "Move with the count"),
    "enough": (RANGE, {}, 47, [], "Enough, or on to 15"),
    "counting alone": (RANGE, {"counting": "self"}, 6, [], "At your own pace"),
    "hold": (HOLD, {}, 6, [], "Hold"),
    "a long hold": ({"hold": 600}, {}, 6, [], "Hold"),
    "switch": (HOLD, {}, 36, [], "Switch legs"),
    "rest": (RANGE, {"counting": "self"}, 6, ["Done", "Skip", "Done"], "Rest"),
    "a rest without an end": (HOLD, {}, 71, [], "Rest"),
    "next": (HOLD, {}, 71, ["Skip"] * 5, "Next: Single-leg balance"),
    "not stated": (None, {}, 6, [], "As your clinician says"),
    "paused": (RANGE, {}, 6, ["Pause"], "Paused"),
}


@pytest.fixture
def browser_context_args(browser_context_args):
    """As a phone is: only there does a browser enlarge text by itself."""
    return {**browser_context_args, "is_mobile": True, "has_touch": True}


@pytest.fixture
def opened(live_server, transactional_db, page):
    """The player of a routine of two moves with long names, at noon."""

    def opened(dose, pace):
        poses = first_poses()
        routine = make_routine(
            make_exercise(
                dose=dose,
                title="Single-leg glute bridge",
                figure=poses["single-leg-glute-bridge"],
            ),
            make_exercise(
                dose=dose, title="Single-leg balance", figure=poses["calf-raise"]
            ),
        )
        kept = json.dumps({"side": "left"} | pace)
        page.add_init_script(f"localStorage['kneecare.pace'] ??= {json.dumps(kept)}")
        page.clock.install(time=NOON)
        page.goto(f"{live_server.url}{routine.get_absolute_url()}play/")
        page.clock.pause_at(NOON + timedelta(seconds=10))
        return page

    return opened


def faults(page):
    """By screen and letters."""
    found = {}
    browser = page.context.new_cdp_session(page)
    for wide, high in SCREENS:
        page.set_viewport_size({"width": wide, "height": high})
        for letters, (size, enlarged) in LETTERS.items():
            browser.send("Page.setFontSizes", {"fontSizes": {"standard": size}})
            page.evaluate(ENLARGE, enlarged)
            page.evaluate("scrollTo(0, 0)")
            if wrong := page.evaluate(FAULTS):
                found[wide, high, letters] = wrong
    return found


@pytest.mark.parametrize("state", STATES)
def test_figure_count_and_buttons_are_whole_on_the_first_screen(opened, state):
    dose, pace, time, presses, words = STATES[state]
    page = opened(dose, pace)
    page.get_by_role("button", name="Start").click()
    seconds(page, time)
    for name in presses:
        page.get_by_role("button", name=name).click()
        page.clock.run_for(100)

    expect(page.locator("[data-part=instruction]")).to_have_text(words)
    assert faults(page) == {}


@pytest.mark.parametrize(("width", "height"), SCREENS)
def test_the_button_that_starts_stands_on_the_first_screen(opened, width, height):
    page = opened(HOLD, {})

    page.set_viewport_size({"width": width, "height": height})

    expect(page.get_by_role("button", name="Start")).to_be_in_viewport(ratio=1)


def test_the_question_for_the_side_is_whole_on_the_first_screen(opened):
    page = opened(HOLD, {"side": ""})
    page.get_by_role("button", name="Start").click()

    expect(page.get_by_role("group", name="Which side is it?")).to_be_visible()
    assert faults(page) == {}
