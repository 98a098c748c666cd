import pytest
from playwright.sync_api import expect

from tests.browser.axe import PHONE, axe, axe_at_both_sizes, sideways, squeezed
from tests.browser.motion import moving
from tests.site.pages import PAGES

pytestmark = pytest.mark.browser
NARROWEST = {"width": 320, "height": 640}


@pytest.fixture
def page(visit):
    return visit


@pytest.mark.parametrize("path", [*PAGES, "/exercises/?q=xyzzy"])
def test_axe_finds_nothing_and_no_page_scrolls_sideways_however_narrow_or_large_or_moves_unasked(
    site, page, path
):
    page.set_viewport_size(PHONE)
    page.goto(site + path)
    found = [*moving(page, over="main .figure"), *axe_at_both_sizes(page)]
    page.set_viewport_size(NARROWEST)
    found += sideways(page)
    page.set_viewport_size(PHONE)
    browser = page.context.new_cdp_session(page)
    for letters in [24, 32]:
        browser.send("Page.setFontSizes", {"fontSizes": {"standard": letters}})
        size = page.evaluate("getComputedStyle(document.documentElement).fontSize")
        assert size == f"{letters}px"
        found += [*sideways(page), *squeezed(page)]

    assert found == []


def test_axe_finds_nothing_on_a_form_with_mistakes_and_on_a_receipt(site, page):
    page.set_viewport_size(PHONE)
    page.goto(site + "/book/")
    page.get_by_label("Your e-mail").fill("ada@" + "long-" * 8 + "name.example")
    page.get_by_role("button", name="Send my request").click()
    mistakes = axe(page)
    page.get_by_label("Your name").fill("Ada Byron")
    page.get_by_label("Your phone").fill("(602) 555-0123")
    page.get_by_role("radio").first.check()
    page.get_by_label("You may keep").check()
    page.get_by_role("button", name="Send my request").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("We have your request")

    receipt = axe(page)

    assert mistakes + receipt + sideways(page) == []


def test_axe_finds_nothing_in_the_finder_when_a_place_and_what_fits_are_open(
    site, page
):
    page.set_viewport_size(PHONE)
    found = []
    for place in ["outside", "back"]:
        page.goto(f"{site}/where-does-it-hurt/#{place}")
        for summary in page.locator(f"#{place} summary").all():
            summary.click()
        found += axe(page)

    assert found + sideways(page) == []
