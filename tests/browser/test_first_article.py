"""Somebody who has never seen the editor brings an article from an empty form to a reader who searches for it."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from playwright.sync_api import expect

from articles.models import Article
from kneecare.publishing.schedule import do_what_is_due
from tests.factories import make_upload

pytestmark = pytest.mark.browser
SLUG = "walking-with-a-sore-knee"
PHOENIX = ZoneInfo("America/Phoenix")


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "my knee.jpg"
    path.write_bytes(make_upload((1200, 800)).read())
    return path


def choose(page, field, words):
    """Choose from a list that is searched by typing."""
    field.locator(".select2-selection").click()
    page.locator(".select2-search__field:visible").last.fill(words)
    page.get_by_role("option", name=words).first.click()


def add_block(page, name):
    page.locator(".order-machine-insert-target.last").click()
    page.get_by_role("button", name=re.compile(rf"{name}$", re.IGNORECASE)).click()


def test_an_article_is_written_checked_mended_planned_published_and_found(
    desk, site, page, file
):
    page.goto(f"{desk}articles/article/add/")
    page.get_by_label("Title:").first.fill("Walking with a sore knee")
    page.get_by_label("Summary:").fill(
        "How to walk when your knee hurts, in small steps that you can take today."
    )
    choose(page, page.locator(".field-author"), "Nick Hunter")
    add_block(page, "Text")
    page.locator(".ProseMirror:visible").last.click()
    page.keyboard.type("Saunter slowly at first.")
    add_block(page, "Picture")
    picture = page.locator("#articles_imageblock_set-0")
    picture.get_by_label("Picture:").set_input_files(file)
    picture.get_by_label("Description:").fill("A knee on a path")
    add_block(page, "Exercise or routine")
    choose(
        page,
        page.locator("#articles_exerciseblock_set-0 .field-routine"),
        "Knee strength",
    )
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.get_by_text("was added successfully")).to_be_visible()
    change = page.url

    page.get_by_role("button", name="Save and preview").click()
    expect(page.get_by_role("img", name="A knee on a path")).to_be_visible()
    expect(page.get_by_text("Knee strength starter")).to_be_visible()

    page.goto(change)
    page.get_by_role("button", name="Save and publish").click()
    panel = page.locator("#publish-check")
    expect(panel).to_contain_text("2 things to mend before this can be published")
    assert not Article.objects.published().filter(slug=SLUG).exists()

    page.wait_for_load_state()  # the form's scripts make the button that adds a row
    panel.get_by_role("link", name="Name at least one reference").click()
    expect(page.locator("#references-group :focus")).to_have_count(1)
    page.keyboard.press("Enter")
    page.locator("#id_references-0-title").fill("Notes of the clinic")
    page.get_by_role("button", name="pending").click()
    expect(panel).to_contain_text("Nothing stops publishing")

    page.get_by_role("button", name="Save and plan").click()
    page.get_by_label("Goes live").fill("2090-03-05T09:30")
    page.get_by_role("button", name="Save the plan").click()
    expect(page.locator(".messagelist")).to_contain_text("March 5, 2090")
    assert not Article.objects.published().filter(slug=SLUG).exists()

    with time_machine.travel(datetime(2090, 3, 5, 9, 31, tzinfo=PHOENIX)):
        do_what_is_due()
        page.goto(site)
        page.get_by_role("searchbox").first.fill("saunter")
        page.keyboard.press("Enter")
        page.get_by_role("link", name="Walking with a sore knee").click()
        expect(page.get_by_text("Saunter slowly at first.")).to_be_visible()
        expect(page.locator(".review-line")).to_contain_text("Clinical review pending")
