"""The guided player in a real browser, with a clock that the test moves."""

import re

import pytest
from playwright.sync_api import expect

from exercises.models import Progression
from tests.browser.playing import NOON, seconds, settings, shows
from tests.factories import make_exercise, make_routine

pytestmark = pytest.mark.browser
READY = "Press Go on when you are ready"


def test_a_hold_on_each_leg_leads_through_both_to_the_second(play):
    page = play({"hold": 30, "sides": "each"})

    shows(page, short="Get ready", count="5")
    seconds(page, 5)
    shows(page, short="Hold", count="30", where="Right leg")
    seconds(page, 29)
    shows(page, short="Hold", count="1", where="Right leg")
    seconds(page, 1)
    shows(page, short="Switch legs", count="5")
    seconds(page, 5)
    shows(page, short="Hold", count="30", where="Left leg")
    seconds(page, 30)
    expect(page.get_by_role("heading", name="Done. Well done!")).to_be_visible()


def test_a_pause_survives_a_reload(play):
    page = play({"hold": 30})
    seconds(page, 15)
    shows(page, short="Hold", count="20")
    page.get_by_role("button", name="Pause").click()

    page.clock.fast_forward("10:00")
    page.reload()

    shows(page, short="Paused", count="20")
    page.get_by_role("button", name="Go on").click()
    seconds(page, 19)
    shows(page, short="Hold", count="1")


def test_a_minute_in_the_background_is_a_minute_of_the_routine(play):
    page = play({"sets": 2, "hold": 40, "rest": 30})
    seconds(page, 5)
    shows(page, short="Hold", count="40")

    page.clock.fast_forward(60_000)

    shows(page, short="Rest", count="10", where="Set 2 of 2")


def test_a_reload_goes_on_to_the_second(play):
    page = play({"hold": 30})
    seconds(page, 10)
    shows(page, short="Hold", count="25")

    page.reload()

    shows(page, short="Hold", count="25")


def test_repetitions_are_counted_and_enough_is_said_in_a_range(play):
    page = play({"reps": "3-5"})
    seconds(page, 5)
    shows(page, short="Move with the count", count="1")
    seconds(page, 8)
    shows(page, short="Move with the count", count="3")
    seconds(page, 4)
    shows(page, short="Enough, or on to 5", count="4")
    seconds(page, 8)
    expect(page.get_by_role("heading", name="Done. Well done!")).to_be_visible()


def test_who_counts_alone_says_when_it_is_done(play):
    page = play({"reps": "10-15"})
    with settings(page):
        page.locator("[name=counting]").select_option(label="I count myself")
    seconds(page, 5)

    shows(page, short="At your own pace", count="10 to 15")
    seconds(page, 600)
    shows(page, short="At your own pace", count="10 to 15")
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_role("heading", name="Done. Well done!")).to_be_visible()


def test_rest_can_be_turned_off(play):
    page = play({"sets": 2, "hold": 10, "rest": 60})
    with settings(page):
        page.locator("[name=rest]").select_option(label="No rest")

    seconds(page, 15)

    shows(page, short="Get ready", count="5", where="Move 1. Set 2 of 2")


def test_a_dose_that_is_not_stated_is_left_to_the_patient(play):
    page = play(None)
    seconds(page, 5)

    shows(page, short="As your clinician says", count="")
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_role("heading", name="Done. Well done!")).to_be_visible()


def test_back_and_skip_move_through_the_routine(play):
    page = play({"hold": 30}, {"hold": 20})
    page.get_by_role("button", name="Skip").click()
    page.get_by_role("button", name="Skip").click()
    shows(page, short="Next: Move 2", count="", where=READY)
    expect(page.get_by_text("2 of 2")).to_be_visible()
    page.clock.run_for(50)
    expect(page.locator("li.player-exercise:visible")).to_have_count(1)

    page.get_by_role("button", name="Back").click()

    expect(page.get_by_text("1 of 2")).to_be_visible()


def test_too_hard_changes_to_the_easier_version_and_back(
    live_server, transactional_db, page
):
    bridges = Progression.objects.create(title="Bridges")
    make_exercise(title="Easy bridge", dose={"hold": 5}, progression=bridges, level=1)
    hard = make_exercise(
        title="Hard bridge", dose={"hold": 60}, progression=bridges, level=2
    )
    routine = make_routine(hard)
    page.clock.install(time=NOON)
    page.goto(f"{live_server.url}{routine.get_absolute_url()}play/")
    page.get_by_role("button", name="Start").click()

    page.get_by_role("button", name="Too hard?").click()

    expect(page.get_by_role("heading", name="Easy bridge")).to_be_visible()
    expect(page.get_by_role("button", name="Too hard?")).to_be_hidden()
    page.get_by_role("button", name="Too easy?").click()
    expect(page.get_by_role("heading", name="Hard bridge")).to_be_visible()


def test_the_player_works_with_the_keyboard_alone(play):
    page = play({"hold": 30})
    page.locator("main").focus()
    page.get_by_role("button", name="Pause").focus()
    page.keyboard.press("Enter")
    shows(page, short="Paused", count="5")
    page.keyboard.press("Space")
    shows(page, short="Get ready", count="5")
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("button", name="Back")).to_be_focused()


def test_a_screen_reader_hears_each_step_once_and_no_seconds(play):
    page = play({"hold": 30})
    page.evaluate(
        """() => {
            window.heard = [];
            const said = document.querySelector("[data-part=announcement]");
            new MutationObserver(() => window.heard.push(said.textContent)).observe(said, {childList: true});
        }"""
    )

    seconds(page, 20)

    assert page.evaluate("window.heard") == ["Hold for 30 seconds"]
    expect(page.get_by_role("timer")).to_have_attribute("aria-live", "off")


def test_what_it_felt_like_stays_on_the_device(play):
    page = play({"hold": 5}, title="Two moves")
    requests = []
    page.on("request", lambda request: requests.append(request.url))
    seconds(page, 10)
    page.get_by_role("group", name="How much did it hurt?").get_by_text(
        "3", exact=True
    ).click()
    page.get_by_role("group", name="How hard was it?").get_by_text(
        "6", exact=True
    ).click()
    page.get_by_role("button", name="Note it on this device").click()

    expect(page.get_by_text("Noted on this device.")).to_be_visible()
    (entry,) = page.evaluate("JSON.parse(localStorage.getItem('kneecare.diary'))")
    assert entry["title"] == "Two moves"
    assert (entry["pain"], entry["effort"]) == (3, 6)
    assert [url for url in requests if "/static/" not in url] == []


def test_a_second_window_takes_over_and_the_first_one_pauses(play, context):
    page = play({"hold": 600})
    seconds(page, 5)
    other = context.new_page()
    other.goto(page.url)
    expect(other.locator("[data-part=instruction]")).to_have_text("Hold")
    other.get_by_role("button", name="Skip").click()

    expect(
        page.get_by_text("This routine goes on in another window.").first
    ).to_be_visible()
    expect(page.get_by_role("button", name="Go on")).to_be_visible()


def test_without_javascript_the_page_is_the_whole_routine(
    live_server, transactional_db, browser
):
    routine = make_routine(
        make_exercise(dose={"sets": 2, "reps": 10}),
        make_exercise(dose={"hold": 30}),
    )
    page = browser.new_context(java_script_enabled=False).new_page()

    page.goto(f"{live_server.url}{routine.get_absolute_url()}play/")

    for words in ["2 sets of 10", "Hold for 30 seconds"]:
        expect(page.get_by_text(words, exact=True)).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("Start"))).to_have_count(0)
