"""An editor plans, looks back, compares and brings back, in a real browser, under the strict policy."""

import re

import pytest
from playwright.sync_api import expect

from articles.models import Article
from tests.browser.axe import axe, without_policy

pytestmark = pytest.mark.browser


@pytest.fixture
def article(desk):
    return Article.objects.get(slug="patellar-tendinitis")


def change_url(desk, article):
    return f"{desk}articles/article/{article.pk}/change/"


def type_at_the_start(page, words):
    page.locator(".ProseMirror:visible").first.click()
    page.keyboard.press("Control+Home")
    page.keyboard.type(words)


def test_an_editor_plans_compares_and_brings_back(desk, site, page, article):
    page.goto(change_url(desk, article))
    type_at_the_start(page, "Freshly typed words. ")
    page.get_by_role("button", name="Save and plan").click()
    page.get_by_label("Goes live").fill("2090-03-05T09:30")
    page.get_by_label("Note").fill("Says it better")
    page.get_by_role("button", name="Save the plan").click()
    planned = "Version 2 goes live on Sunday, March 5, 2090 at 9:30 AM MST."
    expect(page.locator(".messagelist")).to_contain_text(planned)

    page.get_by_role("link", name="History").click()
    row = page.get_by_role("row", name="Version 2")
    expect(row).to_contain_text("Says it better")
    expect(row).to_contain_text("by admin")
    page.get_by_label("Compare from version 1").check()
    page.get_by_role("button", name="Compare").click()
    expect(page.locator("ins")).to_contain_text(
        ["Underlined words", "Freshly typed words."]
    )

    page.get_by_role("link", name="Back to the history").click()
    page.get_by_role("button", name="Bring back version 1").click()
    expect(page.locator(".messagelist")).to_contain_text(
        "The working copy is version 1 again."
    )
    expect(page.locator(".ProseMirror:visible").first).not_to_contain_text("Freshly")

    page.goto(site + article.get_absolute_url())
    expect(page.locator("main")).not_to_contain_text("Freshly typed words.")


def test_a_reviewer_opens_a_link_that_an_editor_made(desk, page, browser, article):
    Article.objects.filter(pk=article.pk).update(title="Only in the working copy")
    page.goto(change_url(desk, article))
    page.get_by_role("link", name="Preview links").click()
    page.get_by_label("30 days").check()
    page.get_by_role("button", name="Make a link").click()
    expect(page.get_by_role("button", name="Copy")).to_be_visible()
    link = page.get_by_label(re.compile("Your link")).input_value()

    reviewer = browser.new_context()
    review = reviewer.new_page()
    review.goto(page.url.partition("/admin/")[0] + "/preview/" + link.split("/")[4])
    expect(review.get_by_role("heading", level=1)).to_have_text(
        "Only in the working copy"
    )
    expect(review.get_by_text("Preview, not published.")).to_be_visible()
    assert reviewer.cookies() == []
    reviewer.close()


def test_the_second_of_two_editors_loses_no_word(desk, page, article):
    second = page.context.new_page()
    for each in [page, second]:
        each.goto(change_url(desk, article))
    type_at_the_start(page, "From the first. ")
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.locator(".messagelist")).to_be_visible()

    type_at_the_start(second, "From the second. ")
    second.get_by_role("button", name="Save and continue editing").click()
    expect(second.get_by_role("alert")).to_contain_text("admin saved this article on")
    text = second.locator(".ProseMirror:visible").first
    expect(text).to_contain_text("From the second.")

    second.get_by_role("button", name="Save mine anyway").click()
    expect(second.locator(".messagelist")).to_contain_text("Yours is saved.")
    expect(text).to_contain_text("From the second.")
    expect(text).not_to_contain_text("From the first.")


@without_policy
def test_axe_finds_nothing_on_the_pages_of_an_article(desk, page, article):
    version = article.live_version_id
    Article.objects.filter(pk=article.pk).update(title="Another title")
    found = []
    for path in ["plan/", "links/", "history/", f"compare/?old={version}&new=now"]:
        page.goto(f"{desk}articles/article/{article.pk}/{path}")
        found += axe(page)

    assert found == []
