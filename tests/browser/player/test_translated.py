"""A page translator puts each text into an element of its own. The player goes on, and the translated words stay."""

import pytest

pytestmark = pytest.mark.browser
# As the translator of Chrome does it: each text node in two <font> elements, again after each change.
TRANSLATE = """() => {
  const translated = new WeakSet();
  window.flickers = [];
  const work = () => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) found.push(walker.currentNode);
    for (const text of found) {
      if (translated.has(text) || !text.data.trim() || text.parentElement.closest("[translate=no], script, style")) continue;
      const outer = document.createElement("font");
      const inner = document.createElement("font");
      inner.textContent = `«${text.data}»`;
      translated.add(inner.firstChild);
      outer.append(inner);
      text.replaceWith(outer);
      window.flickers.push(inner.textContent);
    }
  };
  work();
  new MutationObserver(work).observe(document.body, { childList: true, characterData: true, subtree: true });
  window.flickers = [];
}"""


def test_translated_words_of_the_player_do_not_flicker(play):
    page = play({"hold": 60})
    page.clock.run_for(6_000)
    page.evaluate(TRANSLATE)
    instruction = page.locator("[data-part=instruction]")
    before = instruction.text_content()

    page.clock.run_for(10_000)

    assert before.startswith("«")
    assert instruction.text_content() == before
    assert page.evaluate("window.flickers") == []


def test_the_clock_of_a_translated_player_still_counts(play):
    page = play({"hold": 60})
    page.clock.run_for(6_000)
    page.evaluate(TRANSLATE)
    timer = page.locator("[data-part=timer]")
    before = int(timer.text_content())

    page.clock.run_for(10_000)

    assert int(timer.text_content()) == before - 10


def test_the_next_words_of_a_translated_player_are_translated_once(play):
    page = play({"hold": 5}, {"hold": 60})
    page.evaluate(TRANSLATE)

    page.clock.run_for(8_000)
    page.get_by_role("button", name="Pause").click()

    assert page.locator("[data-part=instruction]").text_content() == "«Paused»"
    assert page.evaluate("window.flickers").count("«Paused»") == 1
