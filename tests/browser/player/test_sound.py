"""The player speaks and beeps, each until it is told not to."""

import json

import pytest
from playwright.sync_api import expect

from bin.chromium import CHROMIUM, QUIET
from tests.browser.playing import seconds, settings
from tests.factories import make_exercise, make_routine

pytestmark = pytest.mark.browser
# In the place of a loudspeaker.
LISTEN = """
    window.said = [];
    window.tones = 0;
    SpeechSynthesis.prototype.speak = (utterance) => window.said.push(utterance.text);
    AudioScheduledSourceNode.prototype.start = () => (window.tones += 1);
    AudioScheduledSourceNode.prototype.stop = () => undefined;
"""


@pytest.fixture
def heard(play, page):
    """What sounds in the six seconds that end the countdown and begin the hold, after ``quiet`` was switched off."""

    def run(*quiet, again=False):
        page.add_init_script(LISTEN)
        play({"hold": 30})
        seconds(page, 1)  # "Get ready"
        for name in quiet:
            with settings(page):
                page.get_by_label(name).uncheck()
        if again:
            page.reload()
        page.evaluate("window.said = []; window.tones = 0")
        seconds(page, 6)
        return page.evaluate("[window.said, window.tones]")

    return run


def test_the_voice_says_the_next_step_and_the_countdown_beeps(heard):
    said, tones = heard()

    assert len(said) == 1
    assert "Hold" in said[0]
    assert tones == 4


def test_a_muted_voice_says_nothing_and_the_countdown_still_beeps(heard):
    assert heard("A voice that says what to do") == [[], 4]


def test_muted_beeps_leave_the_voice(heard):
    said, tones = heard("Beeps")

    assert len(said) == 1
    assert tones == 0


def test_a_muted_voice_stays_so_over_a_reload(heard):
    said, _ = heard("A voice that says what to do", again=True)

    assert said == []


@pytest.fixture
def hear(play, page):
    """Play a dose for some seconds, with these settings; what was said and how often it ticked or beeped."""

    def run(dose, time, **kept):
        page.add_init_script(LISTEN)
        page.add_init_script(
            f"localStorage['kneecare.pace'] ??= {json.dumps(json.dumps(kept))}"
        )
        play(dose)
        page.evaluate("window.said = []; window.tones = 0")
        for _ in range(time):
            seconds(page, 1)
        return page.evaluate("[window.said, window.tones]")

    return run


def test_each_repetition_ticks_on_the_beat_and_is_counted_aloud(hear):
    said, tones = hear({"reps": 5}, 24)

    assert said == ["5 times", "2", "3", "4", "5"]
    assert tones == 4 + 5  # the countdown, then the beats


@pytest.mark.parametrize(
    ("numbers", "counted"), [("fives", ["5"]), ("last", ["4", "5", "6"]), ("none", [])]
)
def test_the_count_is_said_as_often_as_somebody_wants(hear, numbers, counted):
    said, _ = hear({"reps": 6}, 28, numbers=numbers)

    assert said == ["6 times", *counted]


def test_what_is_enough_is_said_and_can_be_pressed(hear, page):
    said, _ = hear({"sets": 2, "reps": "3-5", "rest": 30}, 17)
    page.evaluate("window.said = []")

    page.get_by_role("button", name="Enough").click()

    assert said[-1] == "Enough, or on to 5"
    assert page.evaluate("window.said") == [
        "Rest for 30 seconds. Next: Move 1. Set 2 of 2"
    ]


def test_who_lies_on_the_floor_hears_what_comes_next(hear):
    said, _ = hear({"sets": 2, "hold": 5, "sides": "each", "rest": 10}, 39)  # fmt: skip

    assert said == [
        "Hold for 5 seconds. Set 1 of 2. Right leg",
        "Switch legs. Next. Set 1 of 2. Left leg",
        "Hold for 5 seconds. Set 1 of 2. Left leg",
        "Rest for 10 seconds. Next: Move 1. Set 2 of 2",
        "Move 1. Get ready. Set 2 of 2",
        "Hold for 5 seconds. Set 2 of 2. Right leg",
    ]


def test_rests_can_run_by_themselves_to_the_end_of_the_routine(play, page):
    page.add_init_script("""localStorage["kneecare.pace"] ??= '{"wait": "15"}'""")
    play({"sets": 2, "hold": 5}, {"hold": 5})

    seconds(page, 5 + 5 + 15 + 5 + 5 + 15 + 5 + 5)

    expect(page.get_by_role("heading", name="Done. Well done!")).to_be_visible()


@pytest.mark.parametrize("lang", ["en-US", "es"])
def test_the_voice_speaks_the_language_in_which_the_page_was_served(play, page, lang):
    page.add_init_script("""
        window.languages = [];
        SpeechSynthesis.prototype.speak = (utterance) => window.languages.push(utterance.lang);
    """)
    page.route("**/play/", lambda route: route.fulfill(body=route.fetch().text().replace('lang="en-US"', f'lang="{lang}"')))  # fmt: skip
    play({"hold": 5})
    page.evaluate("document.documentElement.lang = 'fr'")  # as a translator does

    seconds(page, 6)

    assert page.evaluate("window.languages") == [lang, lang]


# The policy that asks for a gesture of sounds that are made, too; "user-gesture-required" asks only for one of films.
GESTURE = "document-user-activation-required"
# What begins while the press is handled, and how the sound is by then.
WITHIN = """
    window.begun = [];
    window.unasked = new AudioContext().state;
    const begin = (name) => window.begun.push(`${name} in ${window.event?.type}`);
    SpeechSynthesis.prototype.speak = () => begin("voice");
    const start = AudioScheduledSourceNode.prototype.start;
    AudioScheduledSourceNode.prototype.start = function () {
        window.audio = this.context;
        begin("tone");
        start.call(this);
    };
"""


@pytest.mark.parametrize("dose", [{"hold": 30}, {"hold": 30, "sides": "each"}], ids=["at once", "after the question"])  # fmt: skip
def test_sound_and_voice_begin_within_the_first_press_where_a_device_asks_for_one(
    live_server, transactional_db, browser_type, dose
):
    """As iPhones do it: nothing sounds that did not begin in the handler of a press."""
    routine = make_routine(make_exercise(dose=dose))
    browser = browser_type.launch(
        executable_path=CHROMIUM,
        args=[*QUIET, f"--autoplay-policy={GESTURE}"],
    )
    address = f"{live_server.url}{routine.get_absolute_url()}play/"
    look, page = browser.new_page(), browser.new_page()
    look.goto(address)
    button = look.get_by_role("button", name="Start").bounding_box()
    page.add_init_script(WITHIN)
    page.goto(address)

    # Whatever else is asked of a page counts as a gesture for the browser.
    page.mouse.click(button["x"] + 20, button["y"] + 20)

    page.wait_for_function("() => window.audio?.state === 'running'")
    assert page.evaluate("window.begun") == ["tone in click", "voice in click"]
    assert page.evaluate("window.unasked") == "suspended"
    browser.close()


def test_a_device_without_sound_plays_all_the_same_and_says_so(play, page):
    page.add_init_script("delete window.AudioContext; delete window.speechSynthesis")
    play({"hold": 5})
    with settings(page):
        expect(page.get_by_text("This device plays no sound here.")).to_be_visible()

    seconds(page, 10)

    expect(page.get_by_role("heading", name="Done. Well done!")).to_be_visible()
