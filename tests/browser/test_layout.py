"""How a page uses its window: both halves of a desk's, and not more than two of a phone's until the first useful thing."""

import pytest

pytestmark = pytest.mark.browser

PAGES = [
    "/",
    "/about/",
    "/contact/",
    "/programs/revive-u/",
    "/routines/",
    "/routines/knee-strength-starter/",
    "/exercises/",
    "/exercises/glute-bridge/",
    "/articles/knee-pain-why-it-matters/",
    "/where-does-it-hurt/",
]
# Whether something to read or press begins in the right half of the first screen.
RIGHT_HALF = """[...document.querySelectorAll("main :is(p, li, a, input, svg, img, h2, h3)")]
  .map((each) => each.getBoundingClientRect())
  .some((box) => box.left >= innerWidth / 2 - 40 && box.top < innerHeight && box.width > 100)"""
FIRST_USEFUL = {
    "/": ".ways__link",
    "/routines/": ".card__link",
    "/routines/knee-strength-starter/": ".panel .button",
    "/exercises/": ".card__link",
    "/exercises/glute-bridge/": ".exercise-figure",
    "/contact/": "form .field input[name=name]",
    "/where-does-it-hurt/": ".help-link",
}


@pytest.mark.parametrize("path", PAGES)
def test_no_page_leaves_the_right_half_of_a_desk_s_window_empty(site, page, path):
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(site + path)

    assert page.evaluate(RIGHT_HALF)


@pytest.mark.parametrize("path", FIRST_USEFUL)
def test_the_first_useful_thing_is_within_two_screens_of_a_small_phone(
    site, page, path
):
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto(site + path)

    first = page.locator(FIRST_USEFUL[path]).locator("visible=true").first

    assert first.bounding_box()["y"] <= 2 * 640 - 48


@pytest.mark.parametrize("path", PAGES)
def test_the_title_stands_on_the_first_screen_of_the_smallest_phone_with_letters_of_twice_the_size(
    site, page, path
):
    page.set_viewport_size({"width": 320, "height": 568})
    browser = page.context.new_cdp_session(page)
    browser.send("Page.setFontSizes", {"fontSizes": {"standard": 32}})
    page.goto(site + path)

    title = page.get_by_role("heading", level=1).bounding_box()

    assert title["y"] <= 568 - 2 * 48
