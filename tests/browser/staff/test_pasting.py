"""Text pasted into the real editor, as the clipboard of Word and of Google Docs holds it."""

from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from articles.models import TextBlock
from tests.cases.test_pasted_markup import NO_CONTENT
from tests.factories import make_draft

pytestmark = pytest.mark.browser
PASTED = Path(__file__).parents[2] / "core" / "pasted"
PASTE = """(editor, html) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  data.setData("text/plain", "plain");
  const event = { clipboardData: data, bubbles: true, cancelable: true };
  editor.dispatchEvent(new ClipboardEvent("paste", event));
}"""
HOSTILE = '<p>Kept.</p><img src=x onerror="alert(1)"><script>alert(1)</script><a href="javascript:alert(1)">x</a>'


@pytest.fixture
def paste(live_server, transactional_db, page, staff, client):
    """Paste into a new article, save, and return what was stored."""

    def act(html):
        article = make_draft()
        client.force_login(staff)
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value}
        page.context.add_cookies([cookie | {"url": live_server.url}])
        change = reverse("admin:articles_article_change", args=[article.pk])
        page.goto(live_server.url + change)
        editor = page.locator(".ProseMirror:visible").first
        editor.click()
        page.keyboard.press("Control+A")
        editor.evaluate(PASTE, html)
        page.get_by_role("button", name="Save and continue editing").click()
        expect(page.get_by_text("was changed successfully")).to_be_visible()
        return TextBlock.objects.get(parent=article).html

    return act


def test_text_pasted_from_word_is_stored_clean(paste):
    stored = paste((PASTED / "word.html").read_text(encoding="utf-8"))

    assert "<p>Many <strong>people</strong> in Phoenix have it.[1]</p>" in stored
    assert "<ul><li><p>Bend it</p></li><li><p>Rest it</p></li></ul>" in stored
    assert "<ol><li><p>Sit down</p></li><li><p>Stand up</p></li></ol>" in stored
    assert "Cell A" in stored
    for trace in ["mso", "Mso", "style", "o:p", "<span", "<img", "&nbsp;", "<p></p>"]:  # fmt: skip
        assert trace not in stored


def test_text_pasted_from_google_docs_is_stored_clean(paste):
    stored = paste((PASTED / "google_docs.html").read_text(encoding="utf-8"))

    assert stored.startswith("<h2>Title</h2>")
    assert "<strong><em>Bold and slanted</em></strong> and plain" in stored
    assert '<a href="https://www.nhs.uk/knee?a=1&amp;b=2">link</a>' in stored
    assert stored.count("<li>") == 2
    assert "style" not in stored


def test_code_that_is_pasted_is_stored_as_nothing(paste):
    stored = paste(HOSTILE)

    assert "Kept." in stored
    for trace in ["script", "onerror", "javascript", "<img"]:
        assert trace not in stored


def test_nothing_that_is_no_content_comes_out_of_the_editor(paste):
    stored = paste("".join(f"<p>Hold {each}20.</p>" for each in NO_CONTENT.values()))

    assert "60" not in stored
    assert stored.count("Hold 20.") == len(NO_CONTENT)


def test_what_was_deleted_or_hidden_is_not_pasted_and_what_stands_above_the_line_is(
    paste,
):
    stored = paste(
        "<p>Hold <del>60</del><ins>20</ins> seconds<span style='display:none'>never</span>"
        "<span style='mso-special-character:comment'>[RA1]</span>, 10<sup>3</sup> times</p>"
        "<ol start=4><li>Rest</li></ol>"
        "<table><tr><td>Day</td><td></td><td>Reps</td></tr></table>"
    )

    assert "<p>Hold 20 seconds, 10<sup>3</sup> times</p>" in stored
    assert 'start="4"' in stored
    assert stored.count("<td>") == 3
