"""What axe finds on the page that is open."""

import pytest
from axe_playwright_python.sync_playwright import Axe

PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
# For pages of the admin: axe styles what it measures, and with the policy the console would complain.
without_policy = pytest.mark.browser_context_args(bypass_csp=True)
# Django draws the head of the first column of a table in a form without words.
UPSTREAM = {"empty-table-header"}
# What it says of all that is well takes longer than to find it so.
ALL = {"resultTypes": ["violations"]}
# All that another colour scheme can change.
COLOURS = {**ALL, "runOnly": ["color-contrast", "link-in-text-block"]}
# The list of models beside each page of the admin, for who looks at one with it.
BUT_FOR_THE_MENU = {"exclude": [["#nav-sidebar"]]}
FIRST, AGAIN = Axe(), Axe("// It is on the page already.")
# What is pointed at takes a moment to change its colour.
SETTLED = """Promise.all(document.getAnimations()
    .filter((each) => each instanceof CSSTransition).map((each) => each.finished))"""
# What is far down gets its height when it comes near: axe would scroll, and judge words by where they were before.
LAID_OUT = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(".player-exercise { content-visibility: visible !important }");
  document.adoptedStyleSheets = [sheet];
}"""

# Words in the very colour of what lies behind them, of which axe cannot tell whether somebody hid them.
UNSEEN = """() => {
  const colour = (each, name) => getComputedStyle(each)[name];
  const behind = (each) => !each || colour(each, "backgroundImage") !== "none" ? "" :
    colour(each, "backgroundColor") === "rgba(0, 0, 0, 0)" ? behind(each.parentElement) : colour(each, "backgroundColor");
  const words = (each) => [...each.childNodes].some((part) => part.nodeType === 3 && part.data.trim());
  return [...document.querySelectorAll("body *")]
    .filter((each) => words(each) && each.checkVisibility() && !each.closest("svg, script, style, option"))
    .filter((each) => colour(each, "color") === behind(each))
    .map((each) => each.outerHTML.slice(0, 200));
}"""


def axe(page, part=None):
    """Everything in light colours, and the colours of the dark ones: each rule that is broken, and where first."""
    page.evaluate(LAID_OUT)
    page.emulate_media(color_scheme="light")
    page.evaluate(SETTLED)
    found = _violations(page, part, ALL)
    page.emulate_media(color_scheme="dark")
    page.evaluate(SETTLED)
    found += _violations(page, part, COLOURS)
    page.emulate_media(color_scheme="light")
    return [
        *(("cannot be seen", each) for each in page.evaluate(UNSEEN)),
        *(
            (each["id"], each["nodes"][0]["html"][:200])
            for each in found
            if each["id"] not in UPSTREAM
        ),
    ]


def _violations(page, part, options):
    judge = AGAIN if page.evaluate("'axe' in window") else FIRST
    return judge.run(page, part, options).response["violations"]


def axe_at_both_sizes(page, part=None):
    """The same on a phone and on a desk, and whether it scrolls sideways there."""
    found = []
    for size in [PHONE, DESK]:
        page.set_viewport_size(size)
        found += [*axe(page, part), *sideways(page)]
    return found


def sideways(page):
    """How much wider than the window the page is, if it is."""
    wide = page.evaluate("document.documentElement.scrollWidth")
    width = page.viewport_size["width"]
    return [f"{wide} wide in a window of {width}"] if wide > width else []


SQUEEZED = """() => [...document.querySelectorAll("main :is(p, h1, h2, h3, h4, li, dd)")].filter((each) => {
    const letter = parseFloat(getComputedStyle(each).fontSize);
    return each.checkVisibility() && each.innerText.length > 20 && !each.closest(".visually-hidden, svg")
      && each.clientWidth < 2.5 * letter && getComputedStyle(each).display !== "inline";
}).map((each) => `${each.clientWidth}px for: ${each.innerText.slice(0, 40)}`)"""


def squeezed(page):
    """Words whose lines are so short that they hold hardly one of them."""
    return page.evaluate(SQUEEZED)
