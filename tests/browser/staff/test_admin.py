"""What staff do, in a real browser, under the strict policy."""

import pytest
from django.apps import apps
from django.contrib import admin
from playwright.sync_api import expect

from articles.models import Article
from bookings.models import Slot
from exercises.models import Routine
from tests.browser.axe import BUT_FOR_THE_MENU, DESK, axe, sideways
from tests.factories import make_booking, make_mail

pytestmark = pytest.mark.browser
TABLET = {"width": 768, "height": 1024}


@pytest.fixture
def page(visit):
    return visit


@pytest.fixture(params=sorted(model._meta.label for model in admin.site._registry))
def admin_pages(request, desk, monkeypatch):
    """The list of a model, its empty form, and the form of one row."""
    make_mail(
        booking=make_booking(slot=Slot.objects.first(), message="It clicks."),
        state="failed",
        last_error="OddError",
    )
    model = apps.get_model(request.param)
    # Of rows that are alike, some are enough.
    monkeypatch.setattr(admin.site._registry[model], "list_per_page", 8)
    address = f"{desk}{model._meta.app_label}/{model._meta.model_name}/"
    row = model.objects.order_by("-pk").first()
    forms = ["add/", f"{row.pk}/change/"] if row else ["add/"]
    return [address, *[address + form for form in forms]]


def test_no_page_of_the_admin_breaks_the_policy_and_axe_finds_nothing(
    admin_pages, page, complaints
):
    found = []
    for address in admin_pages:
        page.goto(address, wait_until="load")
        found += [(address, complaint) for complaint in complaints]
        found += [(address, *each) for each in axe(page, BUT_FOR_THE_MENU)]
        page.set_viewport_size(TABLET)
        found += [(address, each) for each in [*sideways(page), *narrow(page)]]
        page.set_viewport_size(DESK)
        complaints.clear()  # of the styles with which axe measures

    assert found == []


def narrow(page):
    """How wide the page's own part is where it leaves room of the window that nothing has."""
    widths = page.locator("#content").evaluate_all(
        "all => all.map((each) => each.getBoundingClientRect().width)"
    )
    window = page.viewport_size["width"]
    return [f"{width} wide" for width in widths if width < 0.9 * window]


def test_axe_finds_nothing_on_a_page_with_the_menu_beside_it(desk, page, complaints):
    page.goto(f"{desk}auth/group/")
    expect(page.locator("#nav-sidebar")).to_be_visible()

    assert complaints + axe(page) == []
    complaints.clear()  # of the styles with which axe measures


def test_axe_finds_nothing_on_the_page_of_patterns(desk, page, complaints):
    page.goto(f"{desk}patterns/")
    page.wait_for_load_state("networkidle")

    assert complaints + axe(page) == []
    complaints.clear()  # of the styles with which axe measures


def test_an_editor_changes_a_block_and_readers_see_it_once_it_is_published(
    desk, site, page
):
    article = Article.objects.get(slug="patellar-tendinitis")
    page.goto(f"{desk}articles/article/{article.pk}/change/")
    editor = page.locator(".ProseMirror:visible").first
    editor.click()
    page.keyboard.press("Control+Home")
    page.keyboard.type("Freshly typed words. ")
    page.get_by_role("button", name="Save and publish").click()
    expect(page.get_by_text("published as version 2.")).to_be_visible()

    page.goto(site + article.get_absolute_url())

    expect(page.get_by_text("Freshly typed words.")).to_be_visible()


def test_controls_that_scripts_draw_are_read_out_with_their_names(desk, page):
    article = Article.objects.get(slug="patellar-tendinitis")
    page.goto(f"{desk}articles/article/{article.pk}/change/")

    for role, name in [
        ("combobox", "Author:"),
        ("searchbox", "Topics:"),
        ("textbox", "Text:"),
    ]:
        expect(page.get_by_role(role, name=name).first).to_be_visible()

    routine = Routine.objects.get(slug="knee-strength-starter")
    page.goto(f"{desk}exercises/routine/{routine.pk}/change/")
    expect(page.get_by_role("spinbutton", name="Position").first).to_be_visible()
    expect(page.get_by_role("checkbox", name="Delete Glute bridge")).to_be_visible()
    page.get_by_text("Add another Exercise in this routine").click()
    expect(page.get_by_role("checkbox", name="Delete")).to_have_count(4)
    expect(page.get_by_role("spinbutton", name="Position")).to_have_count(6)
