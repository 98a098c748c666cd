"""The exercise library answers while somebody types, and does the same without a script."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.axe import axe_at_both_sizes, without_policy

pytestmark = pytest.mark.browser


def field(page):
    return page.get_by_role("searchbox", name="Search the exercises")


def cards(page):
    return page.locator("main .card__title")


def test_exercises_are_found_while_somebody_types_and_the_field_keeps_the_focus(
    site, page
):
    page.goto(site + "/exercises/")
    expect(cards(page)).to_have_count(5)

    field(page).press_sequentially("calf r", delay=20)

    expect(cards(page)).to_have_text(["Calf raise"])
    expect(page.locator("library-search output")).to_have_text("1 exercise")
    expect(page).to_have_url(site + "/exercises/?q=calf+r")
    expect(field(page)).to_be_focused()
    assert field(page).input_value() == "calf r"
    assert field(page).evaluate("each => each.selectionStart") == 6

    field(page).fill("")
    expect(cards(page)).to_have_count(5)
    expect(page).to_have_url(site + "/exercises/")


def test_words_keep_the_filters_and_filters_keep_the_words(site, page):
    page.goto(site + "/exercises/?body_part=hip")
    field(page).fill("bridge")
    expect(cards(page)).to_have_count(2)

    page.get_by_role("link", name="Glutes (buttock muscles) 2 exercises").click()

    expect(page).to_have_url(site + "/exercises/?q=bridge&body_part=hip&muscle=glutes")
    assert field(page).input_value() == "bridge"
    chosen = page.get_by_role("link", name="Hip (chosen, take it away)")
    expect(chosen).to_have_attribute("aria-current", "true")
    page.get_by_role("link", name="Clear all").click()
    expect(cards(page)).to_have_count(5)


def test_an_answer_that_comes_late_does_not_replace_a_newer_one(site, page):
    page.goto(site + "/exercises/")
    held = []
    page.route(re.compile(r"\?q=calf$"), lambda route: held.append(route))
    field(page).fill("calf")
    page.wait_for_timeout(400)
    assert len(held) == 1

    field(page).fill("wall")
    expect(cards(page)).to_have_text(["Wall push", "Calf raise", "Single-leg balance"])
    held[0].continue_()
    page.wait_for_timeout(300)

    expect(cards(page)).to_have_text(["Wall push", "Calf raise", "Single-leg balance"])
    expect(page).to_have_url(site + "/exercises/?q=wall")


def test_without_a_network_the_page_stays_as_it_is(site, page):
    page.goto(site + "/exercises/")
    page.route(re.compile(r"\?q="), lambda route: route.fulfill(status=404))
    field(page).fill("calf")
    page.wait_for_timeout(500)

    expect(cards(page)).to_have_count(5)
    expect(page).to_have_url(site + "/exercises/")


def test_words_that_a_script_put_into_the_address_reach_no_other_page(site, page):
    page.goto(site + "/exercises/")
    page.get_by_role("searchbox", name="Search the exercises").fill("calf")
    expect(page).to_have_url(site + "/exercises/?q=calf")

    with page.expect_request("**/exercises/calf-raise/") as asked:
        page.locator("main .card__title a").first.click()

    assert "referer" not in asked.value.all_headers()


def test_nothing_found_says_what_to_leave_out(site, page):
    page.goto(site + "/exercises/?equipment=wall")
    field(page).fill("calf raise")

    expect(page.get_by_text("No exercise fits all of that.")).to_be_visible()
    expect(page.locator("library-search output")).to_have_text("0 exercises")
    page.get_by_role("link", name="Without Wall").click()
    expect(cards(page).first).to_have_text("Calf raise")


class TestWithoutScript:
    @pytest.fixture
    def browser_context_args(self, browser_context_args):
        return {**browser_context_args, "java_script_enabled": False}

    def test_the_form_and_the_links_alone_find_the_same(self, site, page):
        page.goto(site + "/exercises/")
        page.get_by_role("link", name="Hip 3 exercises").click()
        field(page).fill("glut brige")
        page.locator("library-search").get_by_role("button", name="Search").click()

        expect(page).to_have_url(site + "/exercises/?q=glut+brige&body_part=hip")
        expect(cards(page)).to_have_text(["Glute bridge", "Single-leg glute bridge"])
        expect(page.get_by_text("We looked for “glute bridge”.")).to_be_visible()


@without_policy
def test_axe_finds_nothing_in_the_library(site, page):
    found = []
    for query in ["", "?body_part=hip", "?q=bridge&body_part=calf-and-ankle"]:
        page.goto(f"{site}/exercises/{query}")
        found += axe_at_both_sizes(page)

    assert found == []
