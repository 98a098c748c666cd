"""Every kind of block: what a version keeps of it, and what readers are shown."""

from html import unescape

import pytest
from django.core.files.base import ContentFile

from articles.feeds import body
from articles.models import (
    BLOCKS,
    Article,
    CalloutBlock,
    CallToActionBlock,
    DrawingBlock,
    ExerciseBlock,
    ImageBlock,
    MythBlock,
    QuestionBlock,
    QuoteBlock,
    StepsBlock,
    TextBlock,
    VideoBlock,
)
from articles.rendering.table_of_contents import joined, minutes
from articles.rendering.words import words
from kneecare.publishing.publish import publish
from tests.articles.videos import CAPTIONS, mp4
from tests.factories import make_draft, make_exercise, make_program, make_routine

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.same_on_any_database("pages as they are drawn"),
]
YOUTUBE = "https://www.youtube.com/watch?v=abc"


def in_feed(article):
    return body(Article.objects.published().with_page().get(pk=article.pk))


def values(block):
    """What fills a block of each kind, once or more."""
    return {
        TextBlock: [{"html": "<p>Plain words.</p>"}],
        CalloutBlock: [{"tone": "urgent", "title": "Stop", "html": "<p>At once.</p>"}],
        ImageBlock: [{"image": "pictures/a.webp", "width": 4, "height": 3, "alt": "A"}],
        DrawingBlock: [{"drawing": "alignment"}],
        VideoBlock: [
            {"title": "Stand up", "url": YOUTUBE, "has_no_speech": True},
            {"title": "Sit", "file": "videos/a.mp4", "transcript": "<p>Sit down.</p>"},
        ],
        ExerciseBlock: [{"exercise": make_exercise(title="A sample bridge")}, {"routine": make_routine()}],
        StepsBlock: [{"steps": "Stand up.\nSit down."}],
        MythBlock: [{"myth": "Rest it for weeks.", "fact": "<p>Move it.</p>"}],
        QuestionBlock: [{"question": "Why me?", "answer": "<p>It is common.</p>"}],
        QuoteBlock: [{"html": "<p>It helped.</p>", "attribution": "Ada"}],
        CallToActionBlock: [
            {"title": "Talk", "label": "Book", "target": "book"},
            {"title": "Join", "label": "Go", "target": "program", "program": make_program()},
        ],
    }[block]  # fmt: skip


def add(article, block, **fields):
    place = {"parent": article, "region": "main"}
    count = sum(each.objects.filter(parent=article).count() for each in BLOCKS)
    return block.objects.create(**place, ordering=(count + 1) * 10, **fields)


def page_with(client, block, **fields):
    article = make_draft()
    add(article, block, **fields)
    publish(article, by=None)
    return client.get(article.get_absolute_url()).text


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.__name__)
def test_a_block_is_shown_on_the_page_and_in_the_feed(client, block):
    article = make_draft(html="<p>First.</p>")
    for fields in values(block):
        add(article, block, **fields)
    publish(article, by=None)
    texts = {
        ImageBlock: 'alt="A"',
        DrawingBlock: "In line",
        VideoBlock: "Sit down.",
        ExerciseBlock: "A sample bridge",
    }
    text = texts.get(block) or words(article.live_version.blocks[1:]).splitlines()[0]

    page, _, _ = client.get(article.get_absolute_url()).text.partition("split__side")
    assert text in unescape(page.partition('class="article-body"')[2])
    assert text in unescape(in_feed(article))


def test_an_exercise_stands_in_the_feed_with_its_dose():
    article = make_draft()
    add(article, ExerciseBlock, exercise=make_exercise(dose={"sets": 2, "reps": 9}))
    publish(article, by=None)

    assert "<p>2 sets of 9</p>" in in_feed(article)


def test_questions_that_follow_each_other_are_one_list(client):
    article = make_draft()
    for block in [QuestionBlock, QuestionBlock, QuoteBlock, QuestionBlock]:
        add(article, block, **values(block)[0])
    publish(article, by=None)

    html = client.get(article.get_absolute_url()).text

    assert html.count('<dl class="faq">') == 2
    lists = [part.partition("</dl>")[0] for part in html.split('<dl class="faq">')[1:]]
    assert [each.count("<dt") for each in lists] == [2, 1]


def test_questions_are_joined_without_changing_their_number_or_order():
    kinds = ["question", "text", "question", "question"]

    found = joined([{"type": kind} for kind in kinds])

    assert [
        (each["type"], each.get("opens"), each.get("closes")) for each in found
    ] == [
        ("question", True, True),
        ("text", None, None),
        ("question", True, False),
        ("question", False, True),
    ]


def test_every_word_of_a_block_counts_for_search_and_for_the_time_it_takes_to_read():
    snapshot = [
        {"type": "question", "question": "Why?", "answer": "<p>So&nbsp;it is.</p>"}
    ]
    snapshot += [{"type": "steps", "steps": "Stand up."}]

    assert words(snapshot).split() == ["Why?", "So", "it", "is.", "Stand", "up."]
    assert minutes([{"type": "steps", "steps": "word " * 201}]) == 2


def test_a_video_elsewhere_is_a_link_that_says_so_and_loads_nothing(client):
    html = page_with(client, VideoBlock, **values(VideoBlock)[0])

    assert f'href="{YOUTUBE}"' in html
    assert "This opens another site: youtube.com." in html
    assert "<video" not in html
    assert "<iframe" not in html


def test_our_own_video_waits_for_a_press_and_stands_beside_its_words(client):
    html = page_with(
        client,
        VideoBlock,
        title="Stand up",
        file=ContentFile(mp4(), name="a.mp4"),
        captions=ContentFile(CAPTIONS, name="a.vtt"),
        transcript="<p>Stand up now.</p>",
    )

    assert 'preload="none"' in html
    assert '<track kind="captions" src="/media/videos/' in html
    assert "Stand up now." in html
