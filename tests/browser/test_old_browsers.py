"""Browsers of 2022: pages stay readable and the player works, without graces. README.md says which browsers those are."""

from functools import cache

import pytest
from playwright.sync_api import expect

from exercises.figures.poses import first_poses
from tests.browser.axe import PHONE, sideways
from tests.browser.old_css import old_css
from tests.browser.player.test_stage import FAULTS
from tests.browser.playing import NOON, seconds, settings
from tests.factories import make_exercise, make_routine
from tests.site.pages import PAGES

pytestmark = pytest.mark.browser
# What Safari 15.4 does not have yet, or Firefox of then.
MISSING = """
    delete Array.prototype.toReversed; delete Array.prototype.toSorted; delete Array.prototype.findLast;
    delete Navigator.prototype.wakeLock; delete window.structuredClone;
    delete Element.prototype.ariaHidden; delete Element.prototype.checkVisibility;
"""
# Words that cannot be told from what is behind them, and parts of a figure that are black because their colour is unknown.
UNREADABLE = """() => {
  const faults = [];
  const behind = (each) => {
    for (let at = each; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (colour !== "rgba(0, 0, 0, 0)") return colour;
    }
    return "rgb(255, 255, 255)";
  };
  for (const each of document.querySelectorAll("main :is(h1, h2, h3, p, li, a:not(sup a), button, label, summary)")) {
    const { color, fontSize } = getComputedStyle(each);
    if (!each.getClientRects().length || !each.textContent.trim()) continue;
    if (color === behind(each)) faults.push(`${each.className || each.tagName} cannot be told`);
    if (parseFloat(fontSize) < 16) faults.push(`${each.className || each.tagName} is small`);
  }
  for (const part of document.querySelectorAll(".figure [class], .knee [class]")) {
    if (part.matches("path, circle, rect") && getComputedStyle(part).fill === "rgb(0, 0, 0)")
      faults.push(`${part.getAttribute("class")} is black`);
  }
  return [...new Set(faults)];
}"""


@cache
def as_an_old_browser_reads(css):
    return old_css(css)


def be_old(page):
    def without_news(route):
        response = route.fetch()
        route.fulfill(response=response, body=as_an_old_browser_reads(response.text()))

    page.route("**/static/css/**", without_news)
    page.add_init_script(MISSING)


def test_the_reader_of_old_css_drops_what_old_browsers_drop():
    css = """
      .a { color: red; &:hover { color: blue; } margin: 0; padding: 0; }
      .a:has(b), .c { color: red; }
      @media (min-width: 1px) { .d { inline-size: 1px; block-size: 100svh; } }
      @supports (color: color-mix(in oklab, red, red)) { .e { color: red; } }
    """

    assert "".join(old_css(css).split()) == (
        ".a{color:red;padding:0;}@media(min-width:1px){.d{inline-size:1px;}}"
    )


@pytest.mark.parametrize("path", PAGES)
def test_pages_stay_readable_in_an_old_browser(site, page, path):
    be_old(page)
    page.set_viewport_size(PHONE)

    page.goto(site + path)

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.evaluate(UNREADABLE) + sideways(page) == []


def test_the_player_works_in_an_old_browser(live_server, transactional_db, page):
    be_old(page)
    dose = {"reps": "3-5", "sides": "each"}
    exercise = make_exercise(dose=dose, figure=first_poses()["glute-bridge"])
    page.set_viewport_size({"width": 375, "height": 553})
    page.clock.install(time=NOON)
    page.goto(
        f"{live_server.url}{make_routine(exercise).get_absolute_url()}play/",
    )
    page.clock.pause_at(NOON.replace(second=10))

    page.get_by_role("button", name="Start").click()
    page.get_by_role("button", name="Left").click()
    seconds(page, 6)
    assert page.evaluate(FAULTS.replace(".checkVisibility({ visibilityProperty: true })", ".isConnected")) == []  # fmt: skip
    with settings(page):
        page.get_by_label("Seconds for one move").fill("4")
    seconds(page, 60)
    page.get_by_role("group", name="hurt").get_by_label("7").check()
    page.get_by_role("button", name="Note it").click()

    expect(page.get_by_text("Noted on this device.")).to_be_visible()
    expect(page.get_by_role("heading", name="Ask us before you go on")).to_be_visible()
    page.goto(f"{live_server.url}/my-progress/")
    expect(page.get_by_role("rowheader", name="Nov 24")).to_be_visible()
