import re

import pytest

from articles.models import CalloutBlock, QuestionBlock, VideoBlock
from articles.models.blocks import BLOCKS, is_rich
from articles.rendering import footnotes
from articles.rendering.table_of_contents import with_anchors
from kneecare.publishing.publish import publish
from kneecare.publishing.publish_checks import NotReady, findings
from tests.factories import make_draft

pytestmark = [pytest.mark.django_db, pytest.mark.same_on_any_database("texts")]
RICH_BLOCKS = [
    block for block in BLOCKS if any(map(is_rich, block._meta.concrete_fields))
]


def make_cited(html, references=2, **fields):
    article = make_draft(html=html, referenced=False, **fields)
    for position in range(references):
        article.references.create(title=f"Source {position + 1}", position=position)
    return article


def shown(html, count=2):
    [block], _ = with_anchors([{"type": "text", "html": html}], count)
    note = block.get("notes", {}).get("html")
    return footnotes.linked(html, note) if note else html


def test_marks_lead_to_their_sources_and_sources_lead_back(client):
    article = make_cited("<p>One [1]. Two [2]. Again [1].</p>")
    publish(article, by=None)

    html = client.get(article.get_absolute_url()).text

    assert re.findall(
        r'<sup class="footnote-mark"><a href="#([^"]+)" id="([^"]+)"', html
    ) == [
        ("reference-1", "mark-1"),
        ("reference-2", "mark-2"),
        ("reference-1", "mark-3"),
    ]
    items = re.findall(
        r'<li class="references__item" id="([^"]+)">(.*?)</li>', html, re.DOTALL
    )
    assert [(name, re.findall(r'href="#([^"]+)"', item)) for name, item in items] == [
        ("reference-1", ["mark-1", "mark-3"]),
        ("reference-2", ["mark-2"]),
    ]  # fmt: skip


def test_marks_count_on_through_every_kind_of_block(client):
    article = make_cited("<p>a [1]</p>")
    place = {"parent": article, "region": "main"}
    CalloutBlock.objects.create(**place, ordering=20, title="b", html="<p>b [2]</p>")
    QuestionBlock.objects.create(
        **place, ordering=30, question="c", answer="<p>[1]</p>"
    )
    publish(article, by=None)

    html = client.get(article.get_absolute_url()).text

    assert re.findall(r'id="mark-(\d+)"[^>]*>(\d+)<', html) == [
        ("1", "1"),
        ("2", "2"),
        ("3", "1"),
    ]


@pytest.mark.parametrize(
    "html",
    [
        "<p>[3]</p>",
        "<p>[0]</p>",
        "<p>[1, 9]</p>",
        "<p>[x] [ 1 ] [1000]</p>",
        '<p><a href="https://example.com/?[1]">[1]</a></p>',
        "<p>No mark at all.</p>",
    ],
)
def test_what_is_no_known_mark_stays_as_it_was_typed(html):
    assert shown(html) == html


@pytest.mark.parametrize(
    ("html", "marks"),
    [
        ("<p>So it is [3]. Again [3].</p>", ["[3]"]),
        ("<p>[0]</p>", ["[0]"]),
        ("<p>Both [1, 9].</p>", ["[1, 9]"]),
        ("<p>[1,2]</p>", []),
        ("<p>[x] [ 1 ] [2024]</p>", []),
        ('<p><a href="https://example.com/?[7]">[7]</a></p>', []),
    ],
)
def test_a_mark_that_points_at_no_reference_stops_publishing(html, marks):
    article = make_cited(html)

    stopped = [each for each in findings(article) if "footnote" in each.text]

    assert [each.text.split("“")[1].split("”")[0] for each in stopped] == marks
    assert all(each.is_error and each.field == "html" for each in stopped)
    assert all(each.text.endswith("There are 2 references.") for each in stopped)


# What the database asks of a block besides its words.
NEEDED = {VideoBlock: {"url": "https://vimeo.com/1"}}


@pytest.mark.parametrize("block", RICH_BLOCKS, ids=lambda block: block.__name__)
def test_marks_are_checked_in_every_block_that_can_hold_one(block):
    article = make_cited("<p>[1]</p>", references=1)
    (name,) = [field.name for field in block._meta.concrete_fields if is_rich(field)]
    fields = {name: "<p>[2]</p>", **NEEDED.get(block, {})}
    block.objects.create(parent=article, region="main", ordering=20, **fields)

    with pytest.raises(NotReady) as stopped:
        publish(article, by=None)

    assert [each.field for each in stopped.value.findings if "[2]" in each.text] == [
        name
    ]


def test_one_mark_can_name_several_sources():
    assert re.sub("<.*?>", "", shown("<p>Both [1,2].</p>")) == "Both1, 2."


def test_a_mark_never_breaks_the_tags_around_it():
    html = '<p><a href="https://example.com/?a=%3E&amp;b=[1]">x</a> [1]</p>'

    assert shown(html).count("<sup") == 1
    assert 'b=[1]">x</a><sup' in shown(html)


def test_a_heading_takes_no_id_of_a_footnote(client):
    headings = "<h2>Mark 1</h2><h2>Reference 1</h2><h2>References</h2>"
    article = make_cited(headings + "<p>[1]</p>", references=1)
    publish(article, by=None)

    html = client.get(article.get_absolute_url()).text
    ids = re.findall(r'\sid="([^"]+)"', html)

    assert sorted(ids) == sorted(set(ids))


def test_an_article_without_references_lists_none(staff_client):
    draft = make_draft(html="<p>[1]</p>", referenced=False)
    html = staff_client.get(f"{draft.get_absolute_url()}preview/").text

    assert "[1]" in html
    assert "Where this comes from" not in html
