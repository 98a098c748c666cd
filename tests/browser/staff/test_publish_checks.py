"""The publish gate in a real browser: stopped, led to the field, mended, published."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from articles.models import Article, QuestionBlock, TextBlock
from tests.browser.axe import axe, without_policy

pytestmark = pytest.mark.browser


@pytest.fixture
def article(desk):
    """One of the first articles, with a skipped heading, and two answers whose marks point at no reference."""
    article = Article.objects.get(slug="patellar-tendinitis")
    article.references.all().delete()
    last = TextBlock.objects.filter(parent=article).last()
    TextBlock.objects.filter(parent=article).exclude(pk=last.pk).delete()
    TextBlock.objects.filter(pk=last.pk).update(
        html="<h3>Down at once</h3><p>Rest.</p>"
    )
    for number in [1, 2]:
        QuestionBlock.objects.create(
            parent=article,
            region="main",
            ordering=last.ordering + number,
            question=f"Question {number}?",
            answer="<p>So it is said [1].</p>",
        )
    return article


def change_url(desk, article):
    return f"{desk}articles/article/{article.pk}/change/"


def test_an_editor_is_stopped_led_to_each_field_mends_and_publishes(
    desk, page, article
):
    page.goto(change_url(desk, article))
    page.locator("#id_title").fill("Ow")
    page.get_by_role("button", name="Save and publish").click()
    expect(page.get_by_text("5 things to mend first")).to_be_visible()
    page.wait_for_load_state()  # the form's scripts make what takes the focus
    panel = page.locator("#publish-check")
    expect(panel).to_contain_text("5 things to mend before this can be published")

    panel.get_by_role("link", name="The title is too short").click()
    expect(page.locator("#id_title")).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type("Sore below the kneecap")

    panel.get_by_role("link", name="skips a level").click()
    expect(page.locator(".ProseMirror:focus")).to_contain_text("Down at once")
    page.keyboard.press("Control+A")
    page.keyboard.type("Only plain words now.")

    # The marks of two answers point at what the editor adds now.
    expect(panel.get_by_role("link", name="points at no reference")).to_have_count(2)
    panel.get_by_role("link", name="Name at least one reference").click()
    expect(page.locator("#references-group :focus")).to_have_count(1)
    page.keyboard.press("Enter")
    page.locator("#id_references-0-title").fill("A book about knees")
    page.get_by_role("button", name="Save and publish").click()

    expect(page.get_by_text("published as version 2.")).to_be_visible()
    expect(panel).to_contain_text("Nothing stops publishing")


def test_save_and_check_lands_on_the_check_list(desk, page, article):
    page.goto(change_url(desk, article))
    page.get_by_role("button", name="Save and check").click()

    expect(page.locator("#publish-check")).to_be_focused()
    expect(page.locator("#publish-check")).to_be_in_viewport()


@pytest.mark.parametrize(
    ("title", "said"), [("", ".errornote"), ("Sore knees", ".messagelist .success")]
)
def test_what_a_save_says_is_seen_wherever_the_form_was_scrolled_to(
    desk, page, article, title, said
):
    page.goto(change_url(desk, article))
    page.locator("#id_title").fill(title)
    page.locator("#id_title").evaluate("each => each.required = false")
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.locator(said)).to_be_visible()
    assert page.evaluate("scrollY") == 0

    # From now on the address holds where the form was scrolled to.
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    page.get_by_role("button", name="Save and continue editing").click()
    page.wait_for_load_state("load")
    page.wait_for_timeout(400)  # the editor scrolls a while after it is ready

    expect(page.locator(said)).to_be_in_viewport()
    if said == ".errornote":
        expect(page.locator(said)).to_be_focused()


@without_policy
def test_axe_finds_nothing_on_the_pages_of_the_publish_check(desk, page, article):
    found = []
    for name, args in [("reading", []), ("self_score", ["pemat"])]:
        path = reverse(f"admin:articles_article_{name}", args=[article.pk, *args])
        page.goto(desk.removesuffix("/admin/") + path)
        found += axe(page)
    page.goto(change_url(desk, article))

    assert found + axe(page, "#publish-check") == []
