"""Drawings as files: in every theme, without a network, without scripts, and in their place before they are there."""

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import expect

from exercises.figures.poses import first_poses
from tests.factories import make_exercise, make_routine

pytestmark = pytest.mark.browser
BRIDGE, RAISE = (first_poses()[name] for name in ("glute-bridge", "calf-raise"))
# How many requests of a phone, of which four are the page, its styles and two fonts.
FIRST_VISIT = {
    "/": 12,
    "/articles/knee-pain-why-it-matters/": 7,
    "/where-does-it-hurt/": 10,  # the icons of the first places
    "/exercises/": 12,
    "/exercises/glute-bridge/": 8,
    "/routines/": 8,
    "/routines/knee-strength-starter/": 10,
}
# The panel and the floor under it, as the tokens have them.
THEMES = {
    "light": ({}, "#fffdf9", "#857a69"),
    "dark": ({"color_scheme": "dark"}, "#1d2240", "#8f95ba"),
    "light with more contrast": ({"contrast": "more"}, "#fffdf9", "#1c2142"),
    "dark with more contrast": (
        {"color_scheme": "dark", "contrast": "more"},
        "#1d2240",
        "#f6efe3",
    ),
    "own colours": ({"forced_colors": "active"}, "#fffdf9", "#857a69"),
}
OF_A_THEME = {"#fffdf9", "#1d2240", "#857a69", "#8f95ba"}
LOADED = "[...document.images].map((each) => each.complete && each.naturalWidth > 0)"


@pytest.fixture
def exercise(live_server, transactional_db):
    return make_exercise(figure=BRIDGE, dose={"hold": 30})


def colours(page, locator):
    taken = Image.open(io.BytesIO(locator.screenshot())).convert("RGB")
    return {
        "#{:02x}{:02x}{:02x}".format(*colour)
        for _, colour in taken.getcolors(1_000_000)
    }


@pytest.mark.parametrize("theme", THEMES)
def test_a_drawing_has_the_colours_of_the_page(live_server, exercise, page, theme):
    asked, panel, floor = THEMES[theme]
    page.emulate_media(reduced_motion="reduce", **asked)
    page.goto(live_server.url + exercise.get_absolute_url())
    page.wait_for_function(f"() => {LOADED}.every(Boolean)")

    found = colours(page, page.locator("img.figure"))

    assert {panel, floor} <= found
    assert found & OF_A_THEME == {panel, floor} & OF_A_THEME


def test_what_moves_stands_where_the_drawing_stood(live_server, exercise, page):
    page.set_viewport_size({"width": 900, "height": 300})
    page.goto(live_server.url + exercise.get_absolute_url())
    page.wait_for_function(
        "() => !document.querySelector('figure-replay button').hidden"
    )
    before = page.evaluate(
        "document.querySelector('.figure').getBoundingClientRect().toJSON()"
    )

    page.get_by_role("button", name="Show the move again").click()
    page.wait_for_selector("svg.figure")

    place = page.evaluate("window.scrollY")
    after = page.evaluate(
        "document.querySelector('.figure').getBoundingClientRect().toJSON()"
    )
    assert {k: after[k] for k in ("width", "height", "left")} == {k: before[k] for k in ("width", "height", "left")}  # fmt: skip
    assert after["top"] + place == pytest.approx(before["top"], abs=0.5)


def test_what_moves_says_in_words_what_the_drawing_said(live_server, exercise, page):
    page.goto(live_server.url + exercise.get_absolute_url())
    page.wait_for_selector("svg.figure")

    words = page.locator("svg.figure").get_attribute("aria-label")

    expect(page.get_by_role("img", name=words)).to_be_visible()
    assert words.startswith(f"{exercise.title}, seen from the side 1: ")


def test_a_drawing_keeps_its_room_until_it_is_there(
    live_server, exercise, page, complaints
):
    page.route("**/figures/**", lambda route: route.abort())
    page.goto(live_server.url + exercise.get_absolute_url())
    without = page.locator("img.figure").bounding_box()
    complaints.clear()  # of what this test itself keeps back
    page.unroute("**/figures/**")
    page.emulate_media(reduced_motion="reduce")
    page.reload()
    page.wait_for_function(f"() => {LOADED}.every(Boolean)")

    assert page.locator("img.figure").bounding_box() == without


def test_by_itself_it_is_coloured_and_nothing_is_refused(live_server, exercise, page):
    page.emulate_media(reduced_motion="reduce")
    page.goto(live_server.url + exercise.get_absolute_url())
    url = page.locator("img.figure").get_attribute("src")

    page.goto(live_server.url + url)

    fill = page.evaluate(
        "getComputedStyle(document.querySelector('.figure__panel')).fill"
    )
    assert fill == "rgb(255, 253, 249)"


class TestWithoutScripts:
    @pytest.fixture
    def browser_context_args(self, browser_context_args):
        return {**browser_context_args, "java_script_enabled": False}

    def test_drawings_are_there(self, live_server, exercise, page):
        routine = make_routine(exercise, make_exercise(figure=RAISE))
        for each in (exercise, routine):
            page.goto(
                live_server.url + each.get_absolute_url(), wait_until="networkidle"
            )

            assert page.locator("img.figure").count() > 0
            assert all(page.evaluate(LOADED))


def test_a_routine_on_the_device_has_its_drawings(live_server, exercise, page, context):
    routine = make_routine(exercise, make_exercise(figure=RAISE))
    page.goto(live_server.url + routine.get_absolute_url())
    expect(page.locator("offline-copy[data-is-saved=true]")).to_be_attached(
        timeout=20_000
    )
    shown = {*re.findall(r"/figures/[\w./-]+", page.content())}
    kept = page.evaluate("caches.open('kneecare').then((c) => c.keys()).then((all) => all.map((r) => new URL(r.url).pathname))")  # fmt: skip
    context.set_offline(True)

    page.reload()
    expect(page.get_by_text("You are offline. This copy is from")).to_be_visible()
    page.evaluate(
        "document.querySelectorAll('img').forEach((each) => { each.loading = 'eager'; })"
    )
    page.wait_for_function(f"() => {LOADED}.every(Boolean)")
    page.get_by_role("button", name="Show the move again").last.click()

    page.wait_for_selector(".routine__item:last-child svg.figure")
    assert {path.split("/")[-1].split(".")[0] for path in shown} == {"poses", "poses-more", "move"}  # fmt: skip
    assert shown <= {*kept}


def test_drawings_that_no_routine_needs_any_more_leave_the_device(
    live_server, exercise, page
):
    page.goto(live_server.url + make_routine(exercise).get_absolute_url())
    expect(page.locator("offline-copy[data-is-saved=true]")).to_be_attached(
        timeout=20_000
    )
    gone = "/figures/0/poses.0.svg"
    keep = f"caches.open('kneecare').then((c) => c.put('{gone}', new Response('')))"
    page.evaluate(keep)

    page.evaluate("navigator.serviceWorker.ready.then((each) => each.unregister())")
    page.reload()
    page.wait_for_function(f"() => caches.match('{gone}').then((found) => !found)", timeout=20_000)  # fmt: skip

    shown = re.findall(r"/figures/[\w./-]+", page.content())
    assert all(page.evaluate(f"caches.match('{url}').then(Boolean)") for url in shown)


@pytest.mark.parametrize("path", FIRST_VISIT)
def test_a_first_visit_asks_for_little_before_anybody_scrolls(site, page, path):
    """Chromium asks for lazy pictures some screens ahead."""
    page.set_viewport_size({"width": 360, "height": 740})
    asked = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(site)))

    page.goto(site + path, wait_until="networkidle")

    assert len(asked) <= FIRST_VISIT[path], asked
    assert len({*asked}) == len(asked)
