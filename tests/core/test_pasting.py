"""What comes out of text that was copied from elsewhere."""

import time
from pathlib import Path

import pytest

from articles.models import TextBlock
from kneecare.core.text.richtext import clean
from tests.factories import make_draft

pytestmark = pytest.mark.same_on_any_database("what is cleaned")

PASTED = Path(__file__).parent / "pasted"
WORD = (PASTED / "word.html").read_text(encoding="utf-8")
GOOGLE_DOCS = (PASTED / "google_docs.html").read_text(encoding="utf-8")


def test_text_from_word_keeps_its_words_headings_lists_and_nothing_else():
    assert clean(WORD) == (
        "<h2>Knee pain</h2>"
        "<p>Many <strong>people</strong> in Phoenix have it.[1]</p>"
        "<ul><li><p>Bend it</p></li><li><p>Rest it</p></li></ul>"
        "<ol><li><p>Sit down</p></li><li><p>Stand up</p></li></ol>"
        "<table><tbody><tr><td><p>Cell A</p></td><td><p>Cell <em>B</em></p></td></tr>"
        "<tr><td>one</td><td>two</td></tr></tbody></table>"
        "<h3>A small heading</h3><p>“Last” words</p>"
    )


def test_text_from_google_docs_loses_its_wrapper_and_redirects_but_not_its_bold_words():
    assert clean(GOOGLE_DOCS) == (
        "<h2>Title</h2>"
        "<p><strong><em>Bold and slanted</em></strong> and plain, with a "
        '<a href="https://www.nhs.uk/knee?a=1&amp;b=2">link</a>.</p>'
        "<ul><li><p>One</p></li><li><p>Two</p></li></ul>"
        "<h3>Deep</h3>"
    )


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("<div>One</div><div>Two</div>", "<p>One</p><p>Two</p>"),
        ("<h1>A</h1><h5>B</h5>", "<h2>A</h2><h3>B</h3>"),
        ("<p>a</p><p></p><p>&nbsp;</p><p><br></p><p>b</p>", "<p>a</p><p>b</p>"),
        ("<p>a&nbsp;&nbsp; &nbsp;b</p>", "<p>a b</p>"),
        ("<p>10&nbsp;kg</p>", "<p>10&nbsp;kg</p>"),
        ("<p><b> </b>a<i></i></p>", "<p>a</p>"),
        ("<p>1. Typed by hand</p>", "<p>1. Typed by hand</p>"),
        ("<p>-5 degrees</p>", "<p>-5 degrees</p>"),
        ('<p><a href="#_ftn1">[1]</a></p>', "<p>[1]</p>"),
        ("<b>wei<i>rd</b>ly</i> nested", "<strong>wei<em>rd</em></strong><em>ly</em> nested"),
        ("<p>&lt;b&gt; &amp;amp; &#x27;</p>", "<p>&lt;b&gt; &amp;amp; '</p>"),
        ("<![if x><![foo[y]]><p>a</p><!-- b -->", "<p>a</p>"),
        ("", ""),
    ],
)  # fmt: skip
def test_pasted_markup_becomes_what_an_editor_would_have_written(pasted, kept):
    assert clean(pasted) == kept


@pytest.mark.parametrize("pasted", [WORD, GOOGLE_DOCS])
def test_what_is_clean_stays_as_it_is(pasted):
    assert clean(clean(pasted)) == clean(pasted)


@pytest.mark.parametrize(
    "pasted",
    [
        "<p>" * 20_000,
        "<p>1." + "&nbsp;" * 50_000,
        "<p>·" + " &nbsp;" * 50_000 + "</p>",
        " \n" * 50_000 + "x",
        "<b style='font-weight:" + " " * 50_000,
        "<b><i>" * 2_000,
        "<table>" * 20_000,
        "<table><tr><td>" * 2_000,
        "<span hidden>" * 20_000,
        "<sup>" * 20_000,
    ],
)
def test_hostile_text_takes_no_longer_than_other_text(pasted):
    begun = time.perf_counter()

    clean(pasted)

    assert time.perf_counter() - begun < 5


@pytest.mark.django_db
def test_a_block_is_cleaned_when_it_is_saved():
    block = TextBlock(parent=make_draft(), region="main", html=WORD)

    block.full_clean()

    assert block.html == clean(WORD)
