import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.site.pages import PAGES

pytestmark = pytest.mark.browser
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_axe_finds_nothing_on_any_page(site, page, scheme, size):
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=scheme)
    found = {}
    for address in PAGES:
        page.goto(site + address)
        violations = Axe().run(page).response["violations"]
        if violations:
            found[address] = [
                (each["id"], each["nodes"][0]["html"][:200]) for each in violations
            ]

    assert found == {}


@pytest.mark.parametrize("letters", [24, 32])
def test_no_page_scrolls_sideways_on_a_phone_with_large_letters(site, page, letters):
    page.set_viewport_size({"width": 360, "height": 740})
    browser = page.context.new_cdp_session(page)
    browser.send("Page.setFontSizes", {"fontSizes": {"standard": letters}})
    wider = {}
    for address in [*PAGES, "/exercises/?q=xyzzy"]:
        page.goto(site + address)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 360:
            wider[address] = width

    assert wider == {}
    size = page.evaluate("getComputedStyle(document.documentElement).fontSize")
    assert size == f"{letters}px"


def test_no_page_scrolls_sideways_on_the_narrowest_phone(site, page):
    page.set_viewport_size({"width": 320, "height": 640})
    wider = {}
    for address in PAGES:
        page.goto(site + address)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 320:
            wider[address] = width

    assert wider == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_a_form_with_mistakes_and_on_a_receipt(site, page, scheme):
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme=scheme)
    page.goto(site + "/book/")
    page.get_by_label("Your e-mail").fill("ada@" + "long-" * 8 + "name.example")
    page.get_by_role("button", name="Send my request").click()
    mistakes = Axe().run(page).response["violations"]
    page.get_by_label("Your name").fill("Ada Byron")
    page.get_by_role("radio").first.check()
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Send my request").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("We have your request")

    receipt = Axe().run(page).response["violations"]

    assert [each["id"] for each in mistakes + receipt] == []
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_finder_when_a_place_and_what_fits_are_open(
    site, page, scheme
):
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme=scheme)
    found = {}
    for place in ["outside", "back"]:
        page.goto(f"{site}/where-does-it-hurt/#{place}")
        for summary in page.locator(f"#{place} summary").all():
            summary.click()
        violations = Axe().run(page).response["violations"]
        found |= {each["id"]: each["nodes"][0]["html"][:200] for each in violations}

    assert found == {}
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
