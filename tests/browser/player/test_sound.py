"""The player speaks and beeps, each until it is told not to."""

import pytest

from tests.browser.playing import seconds, settings

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
        play({"hold_seconds": 30})
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
