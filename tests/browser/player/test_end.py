"""The guided player where things go wrong: keys after the end, a changed pace, a set-back clock, devices that keep junk or nothing."""

import json

import pytest
from playwright.sync_api import expect

from exercises.models import Exercise
from kneecare.publishing.publish import take_down
from tests.browser.playing import NOON, seconds, settings, shows
from tests.factories import make_exercise, make_routine

pytestmark = pytest.mark.browser
STORED = "JSON.parse(localStorage.getItem('kneecare.diary'))"
REFUSES = """Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("denied", "SecurityError"); },
})"""


def done(page):
    return page.get_by_role("heading", name="Done. Well done!")


def test_an_answer_stays_when_somebody_comes_back_to_the_tab(play):
    page = play({"hold": 5})
    seconds(page, 10)
    page.get_by_role("group", name="hurt").get_by_label("3").check()
    page.get_by_role("button", name="Note it on this device").click()

    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    assert [entry["pain"] for entry in page.evaluate(STORED)] == [3]
    expect(page.get_by_role("group", name="hurt").get_by_label("3")).to_be_checked()


@pytest.mark.parametrize("key", ["Space", "ArrowLeft", "ArrowRight"])
def test_no_key_moves_a_routine_that_is_over(play, key):
    page = play({"hold": 5})
    seconds(page, 10)
    expect(done(page)).to_be_focused()

    page.keyboard.press(key)
    seconds(page, 10)
    page.keyboard.press(key)

    expect(page.locator("routine-player")).to_have_attribute("data-status", "done")
    assert len(page.evaluate(STORED)) == 1


def test_a_device_that_keeps_nothing_plays_to_the_end_and_says_so(
    live_server, transactional_db, page
):
    page.add_init_script(REFUSES)
    routine = make_routine(make_exercise(dose={"hold": 5}))
    page.clock.install(time=NOON)
    page.goto(f"{live_server.url}{routine.get_absolute_url()}play/")
    page.clock.pause_at(NOON.replace(second=10))
    page.get_by_role("button", name="Start").click()

    seconds(page, 10)

    expect(done(page)).to_be_visible()
    expect(page.locator(".player-panel output")).to_have_text(
        "This device keeps nothing, so nothing is noted."
    )


def test_a_pace_that_changes_in_a_pause_begins_the_step_anew(play):
    page = play({"reps": 10})
    seconds(page, 6)
    page.get_by_role("button", name="Pause").click()
    with settings(page):
        page.get_by_label("Seconds for one move").fill("2")

    shows(page, short="Paused", count="1")
    page.get_by_role("button", name="Go on").click()
    seconds(page, 19)
    expect(page.get_by_role("timer")).to_have_text("10")


def test_rest_turned_off_in_a_pause_is_passed_over(play):
    page = play({"sets": 2, "hold": 5, "rest": 60})
    seconds(page, 10)
    shows(page, short="Rest", count="60")
    page.get_by_role("button", name="Pause").click()
    with settings(page):
        page.locator("[name=rest]").select_option("No rest")
    shows(page, short="Paused", count="5")
    page.get_by_role("button", name="Go on").click()

    shows(page, short="Get ready", count="5")


def test_a_routine_that_waits_takes_the_pace_that_is_set_by_now(play):
    page = play({"reps": 10})
    seconds(page, 6)
    page.get_by_role("button", name="Pause").click()
    pace = {
        "sound": True,
        "voice": True,
        "tempo": 8,
        "counting": "auto",
        "rest": "full",
    }
    page.evaluate(
        "pace => localStorage.setItem('kneecare.pace', pace)", json.dumps(pace)
    )

    page.reload()
    page.get_by_role("button", name="Go on").click()

    seconds(page, 7)
    shows(page, short="Move with the count", count="1")
    seconds(page, 1)
    shows(page, short="Move with the count", count="2")


def test_a_routine_without_an_exercise_says_so_and_offers_no_start(
    live_server, transactional_db, page
):
    exercise = make_exercise(dose={"hold": 5})
    routine = make_routine(exercise)
    take_down(exercise)

    page.goto(f"{live_server.url}{routine.get_absolute_url()}play/")

    expect(
        page.get_by_text("There are no exercises in this routine yet.")
    ).to_be_visible()
    expect(page.get_by_role("button", name="Start")).to_have_count(0)


def test_two_windows_of_a_routine_that_runs_do_not_both_pause(play, context):
    page = play({"reps": 10})
    seconds(page, 6)
    other = context.new_page()
    other.clock.install(time=NOON.replace(second=16))
    other.goto(page.url)

    expect(page.locator(".player-stage [data-part=details]")).to_have_text(
        "This routine goes on in another window."
    )
    other.clock.run_for(5_000)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    expect(page.locator(".player-stage [data-part=details]")).to_have_text(
        "This routine goes on in another window."
    )
    expect(other.get_by_role("button", name="Pause")).to_be_visible()
    expect(page.get_by_role("button", name="Go on")).to_be_visible()


def test_back_leads_past_a_rest_that_is_turned_off(play):
    page = play({"hold": 5}, {"hold": 7}, rest_between=30)
    with settings(page):
        page.locator("[name=rest]").select_option("No rest")
    seconds(page, 10)
    shows(page, short="Get ready")
    expect(page.locator("[data-part=progress]")).to_have_text("2 of 2")

    page.get_by_role("button", name="Back").click()

    expect(page.locator("[data-part=progress]")).to_have_text("1 of 2")


def test_a_clock_that_is_set_back_begins_the_step_anew(play):
    page = play({"hold": 30})
    seconds(page, 15)
    shows(page, short="Hold", count="20")

    page.clock.set_system_time(NOON.replace(hour=11))
    seconds(page, 1)

    shows(page, short="Hold", count="30")
    seconds(page, 3)
    shows(page, short="Hold", count="27")


def test_a_run_does_not_go_on_in_another_exercise_when_one_is_taken_down(play):
    page = play({"hold": 30}, {"hold": 20})
    seconds(page, 15)
    take_down(Exercise.objects.get(title="Move 1"))

    page.reload()

    expect(page.get_by_role("button", name="Start")).to_be_visible()
    expect(page.get_by_role("heading", name="Move 2")).to_be_visible()


JUNK = [
    {"chosen": None},
    {"chosen": {"0": "constructor"}},
    {"step": -1},
    {"step": 0.5},
    {"exercise": 7},
    {"exercise": "__proto__"},
    {"endsAt": "soon"},
    {"remaining": {}, "status": "paused"},
    {"tempo": "x", "counting": 4, "rest": []},
]


@pytest.mark.parametrize("change", JUNK, ids=str)
def test_a_player_with_junk_on_the_device_still_plays(play, change):
    page = play({"hold": 30})
    seconds(page, 2)
    page.evaluate(
        """change => {
          const key = Object.keys(localStorage).find((each) => each.startsWith("kneecare.run."));
          localStorage.setItem(key, JSON.stringify({ ...JSON.parse(localStorage.getItem(key)), ...change }));
          localStorage.setItem("kneecare.pace", JSON.stringify({ tempo: "x", counting: "never", rest: 9 }));
          localStorage.setItem("kneecare.diary", JSON.stringify([null, 1, {}, { at: "x", day: 4 }]));
        }""",
        change,
    )

    page.reload()
    start = page.get_by_role("button", name="Start")
    page.get_by_role("button", name="Start").or_(
        page.get_by_role("button", name="Pause")
    ).or_(page.get_by_role("button", name="Go on")).wait_for()
    if start.is_visible():
        start.click()
    while page.get_by_role("button", name="Skip").is_visible():
        page.get_by_role("button", name="Skip").click()
    page.get_by_role("button", name="I did them").click()

    expect(done(page)).to_be_visible()
    assert [entry["title"] for entry in page.evaluate(STORED)] == [
        page.locator("routine-player").get_attribute("label")
    ]


def test_a_rest_that_is_shortened_is_announced_as_long_as_it_is(play):
    page = play({"sets": 2, "hold": 5, "rest": 60})
    with settings(page):
        page.locator("[name=rest]").select_option("Half as long")

    seconds(page, 10)

    shows(page, short="Rest", count="30")
    expect(page.locator("[data-part=announcement]")).to_have_text(
        "Rest for 30 seconds. Next: Move 1. Set 2 of 2"
    )


@pytest.mark.parametrize("keys", [" ", "Alt+ArrowLeft"])
def test_at_the_end_keys_do_what_they_do_anywhere(play, keys):
    page = play({"hold": 5})
    seconds(page, 10)
    expect(done(page)).to_be_focused()

    prevented = page.evaluate(
        """keys => {
          const [key, held] = keys.split("+").reverse();
          const event = new KeyboardEvent("keydown", { key, altKey: held === "Alt", bubbles: true, cancelable: true });
          document.activeElement.dispatchEvent(event);
          return event.defaultPrevented;
        }""",
        keys,
    )

    assert not prevented


AWAKE = """
window.locks = [];
window.grant = [];
Object.defineProperty(navigator, "wakeLock", { value: {
  request: () => new Promise((resolve) => window.grant.push(() => {
    const lock = { released: false, release: async () => { lock.released = true; } };
    window.locks.push(lock);
    resolve(lock);
  })),
} });
"""


@pytest.mark.parametrize(
    "pressed", [["Pause"], ["Skip", "Pause"], ["Pause", "Go on", "Pause"]]
)
def test_a_screen_that_is_kept_on_too_late_is_let_go(play, page, pressed):
    page.add_init_script(AWAKE)
    page = play({"hold": 30})
    page.clock.run_for(100)

    for name in pressed:
        page.get_by_role("button", name=name).click()
        page.clock.run_for(100)
    page.evaluate("window.grant.forEach((grant) => grant())")
    page.clock.run_for(100)

    assert page.evaluate("window.locks.every((lock) => lock.released)")
    assert page.evaluate("window.locks.length") >= 1
