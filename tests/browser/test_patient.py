"""What patients and prospects do, in a real browser."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_a_patient_reads_the_article_and_follows_it_to_its_routine(site, page):
    page.goto(site)
    page.get_by_role("link", name=re.compile("why it matters")).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(
        "Knee pain: why it matters"
    )
    expect(page.get_by_text("Clinical review pending").first).to_be_visible()
    for sentence in ["2 sets of 10 to 15", "30 seconds on each leg", "3 sets of 15"]:
        expect(page.get_by_text(sentence).first).to_be_visible()

    page.get_by_role(
        "link", name=re.compile("knee strength starter", re.IGNORECASE)
    ).first.click()

    expect(page).to_have_url(re.compile("/routines/knee-strength-starter/$"))
    expect(page.get_by_text("2 sets of 10 to 15").first).to_be_visible()


def test_a_patient_filters_exercises_by_body_part_and_equipment(site, page):
    page.goto(site + "/exercises/")
    page.get_by_label("Equipment").select_option(label="Wall (1)")
    page.get_by_role("button", name=re.compile("show|filter", re.IGNORECASE)).click()

    expect(page.locator("main").get_by_role("link", name="Wall push")).to_be_visible()
    expect(page.locator("main").get_by_role("link", name="Calf raise")).to_have_count(0)
