"""What staff do, in a real browser, under the strict policy."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib import admin
from playwright.sync_api import expect

from articles.models import Article
from bookings.models import Slot
from exercises.models import Routine
from tests.factories import make_booking

pytestmark = pytest.mark.browser


def test_no_page_of_the_admin_breaks_the_policy(desk, page):
    for model in admin.site._registry:
        address = f"{desk}{model._meta.app_label}/{model._meta.model_name}/"
        page.goto(address)
        row = model.objects.order_by("-pk").first()
        for form in ["add/", f"{row.pk}/change/" if row else "add/"]:
            page.goto(address + form)
            page.wait_for_load_state("networkidle")


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


class TestAxe:
    @pytest.fixture
    def browser_context_args(self, browser_context_args):
        """Without the policy: axe styles what it measures, and the console would complain."""
        return {**browser_context_args, "bypass_csp": True}

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_axe_finds_nothing_serious_on_the_pages_of_the_front_desk(
        self, desk, page, scheme
    ):
        booking = make_booking(slot=Slot.objects.first(), message="It clicks.")
        page.emulate_media(color_scheme=scheme)
        found = {}
        for address in [
            "",
            "patterns/",
            "bookings/booking/",
            f"bookings/booking/{booking.pk}/change/",
        ]:
            page.goto(desk + address)
            for each in Axe().run(page).response["violations"]:
                if each["impact"] in ["serious", "critical"]:
                    found[address, each["id"]] = each["nodes"][0]["html"][:200]

        assert found == {}

    # Django draws the head of the first column of a table in a form without words.
    UPSTREAM = {"empty-table-header"}

    def test_axe_finds_nothing_on_any_list_or_form_of_the_admin(self, desk, page):
        found = {}
        for address in admin_pages(desk):
            page.emulate_media(color_scheme="light")
            page.goto(address)
            page.wait_for_load_state("networkidle")
            violations = Axe().run(page).response["violations"]
            page.emulate_media(color_scheme="dark")
            page.evaluate(SETTLED)
            colours = {"runOnly": ["color-contrast"]}
            violations += Axe().run(page, options=colours).response["violations"]
            for each in violations:
                if each["id"] not in self.UPSTREAM:
                    found[address, each["id"]] = each["nodes"][0]["html"][:200]

        assert found == {}


# Links take a moment to change their colour.
SETTLED = "Promise.all(document.getAnimations().map(each => each.finished))"


def admin_pages(desk):
    """The list of each model, its empty form, and the form of one row."""
    for model in admin.site._registry:
        address = f"{desk}{model._meta.app_label}/{model._meta.model_name}/"
        yield address
        yield address + "add/"
        if row := model.objects.first():
            yield f"{address}{row.pk}/change/"


def test_controls_that_scripts_draw_are_read_out_with_their_names(desk, page):
    article = Article.objects.get(slug="patellar-tendinitis")
    page.goto(f"{desk}articles/article/{article.pk}/change/")

    for role, name in [
        ("combobox", "Reviewer:"),
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
