import pytest
from axe_playwright_python.sync_playwright import Axe

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


def test_no_page_scrolls_sideways_on_the_narrowest_phone(site, page):
    page.set_viewport_size({"width": 320, "height": 640})
    wider = {}
    for address in PAGES:
        page.goto(site + address)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 320:
            wider[address] = width

    assert wider == {}
