"""The parts of an article, and how long it takes to read."""

import re

import pytest

from articles.models import ArticleVersion, DrawingBlock
from articles.rendering.table_of_contents import (
    anchored,
    headings,
    minutes,
    with_anchors,
)
from kneecare.publishing.publish import publish
from tests.factories import make_article, make_draft, make_topic

pytestmark = pytest.mark.same_on_any_database("texts")

THREE = "<h2>One</h2><p>a</p><h2>Two</h2><p>b</p><h2>Three</h2><p>c</p>"


def text(html):
    return {"type": "text", "html": html}


def ids(*blocks):
    return [block.get("anchors") for block in with_anchors(blocks)[0]]


def test_contents_name_the_main_headings_in_order_as_plain_words():
    _, contents = with_anchors(
        [
            text("<h2>Why <em>me</em>?</h2><h3>Not this</h3>"),
            text("<h2>Hips &amp; knees</h2><h2>Now</h2>"),
        ]
    )

    assert contents == [
        {"id": "why-me", "title": "Why me?"},
        {"id": "hips-knees", "title": "Hips & knees"},
        {"id": "now", "title": "Now"},
    ]


def test_two_parts_are_too_few_for_a_list_but_can_still_be_pointed_at():
    blocks, contents = with_anchors([text("<h2>One</h2><h2>Two</h2>")])

    assert contents == []
    assert blocks[0]["anchors"] == ["one", "two"]


def test_the_same_heading_twice_gets_two_ids_and_none_takes_one_of_the_page():
    html = "<h2>Main</h2><h2>Rest</h2><h2>Rest</h2><h2>Rest 2</h2><h2>膝</h2>"

    assert ids(text(html), text("<h2>Rest</h2>")) == [
        ["main-2", "rest", "rest-2", "rest-2-2", "part"],
        ["rest-3"],
    ]


def test_other_blocks_pass_as_they_are():
    block = {"type": "callout", "title": "Tip", "html": "<h2>No</h2>"}

    assert with_anchors([block]) == ([block], [])


def test_a_heading_with_script_in_it_leaves_only_its_words():
    assert headings("<h2>Up<script>alert(1)</script> &lt;b&gt;</h2>") == ["Up <b>"]


@pytest.mark.parametrize(
    ("names", "html"),
    [
        (["a", "b"], '<h2 id="a">x</h2><h2 id="b">y</h2>'),
        (["a"], '<h2 id="a">x</h2><h2>y</h2>'),
        ([], "<h2>x</h2><h2>y</h2>"),
    ],
)
def test_ids_are_put_on_headings_in_order_and_never_break_them(names, html):
    assert anchored("<h2>x</h2><h2>y</h2>", names) == html


@pytest.mark.parametrize(("words", "time"), [(0, 1), (200, 1), (201, 2), (900, 5)])
def test_reading_takes_a_minute_for_two_hundred_words(words, time):
    assert minutes([text("<p>word</p>" * words)]) == time


@pytest.mark.django_db
def test_an_article_lists_its_parts_and_each_leads_to_its_heading(client):
    html = client.get(make_article(html=THREE).get_absolute_url()).text

    assert re.findall(r'table-of-contents__link" href="#([^"]+)"', html) == [
        *["one", "two", "three"],
        *["one", "two", "three"],
    ]
    assert re.findall(r'<h2 id="([^"]+)">', html)[:3] == ["one", "two", "three"]
    assert "About 1 minute to read" in html


@pytest.mark.django_db
def test_a_drawing_is_frozen_by_its_name_and_shown_with_words_for_who_cannot_see_it(
    client,
):
    article = make_draft()
    DrawingBlock.objects.create(
        parent=article, region="main", ordering=20, drawing="alignment"
    )
    publish(article, by=None)

    html = client.get(article.get_absolute_url()).text

    assert ArticleVersion.of(article).blocks[1] == {
        "type": "drawing",
        "drawing": "alignment",
    }
    assert 'alt="Two legs from the front.' in html


@pytest.mark.django_db
@pytest.mark.parametrize("drawing", DrawingBlock.Drawing.values)
def test_every_drawing_that_can_be_chosen_is_drawn(client, drawing):
    article = make_draft()
    DrawingBlock.objects.create(
        parent=article, region="main", ordering=20, drawing=drawing
    )
    publish(article, by=None)

    assert "<figure" in client.get(article.get_absolute_url()).text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("places", "shown"),
    [([], ""), ([""], ""), (["", "inside"], "inside"), (["inside", "back"], "")],
)
def test_an_article_is_about_one_place_or_about_the_whole_knee(client, places, shown):
    article = make_article(topics=[make_topic(place=place) for place in places])

    context = client.get(article.get_absolute_url()).context

    assert context["article"].place == shown
