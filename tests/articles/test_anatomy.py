"""The drawings of what is sore: each part is drawn once from data, lit and named, and no name says more than the article."""

import re

import pytest

from articles.anatomy import SORE, choices, drawing_of, knee
from articles.models import Article
from kneecare.core.text.html import plain_text
from tests.factories import make_article, make_topic

pytestmark = pytest.mark.django_db
KEYS = pytest.mark.parametrize("key", [key for key, _ in choices()])
DATA = knee()
# Words of a name that are everyday English, and the kneecap, by which you find your way, need no source.
PLAIN = {"kneecap", "sore", "behind", "around", "below", "over"}


@KEYS
def test_a_drawing_is_made_of_parts_that_there_are_and_lights_at_least_one(key):
    layers = DATA["drawings"][key]["layers"]

    assert [name for name in layers if name not in DATA["parts"] and name != SORE] == []
    assert any(layer.is_lit for layer in drawing_of(key).layers)
    assert set(DATA["drawings"][key].get("lit", "").split()) <= set(layers)


@KEYS
def test_a_name_stands_on_its_drawing_and_leads_to_a_point_of_it(key):
    drawing = drawing_of(key)
    left, top, width, height = map(int, drawing.box.split())

    for name in drawing.names:
        assert left + 12 <= name.x <= left + width - 12
        assert top + 12 <= name.y <= top + height - 12
        assert left <= name.part_x <= left + width
        assert top <= name.part_y <= top + height


def test_each_part_is_drawn_somewhere():
    drawn = {
        name for drawing in DATA["drawings"].values() for name in drawing["layers"]
    }

    assert drawn - {SORE} == set(DATA["parts"])


@pytest.mark.usefixtures("library")
@pytest.mark.same_on_any_database("texts")
@KEYS
def test_a_drawing_names_only_what_an_article_about_it_names(key):
    article = Article.objects.published().get(
        live_version__topics__drawing=key, slug__in=CONDITIONS[key]
    )
    blocks = article.live_version.blocks
    said = " ".join(
        plain_text(str(text)) for block in blocks for text in block.values()
    )
    said = f"{article.live_version.title} {said}".lower()

    words = {
        word
        for name in drawing_of(key).names
        for word in re.findall(r"[a-z]{4,}", name.words.lower())
    }

    assert {word for word in words - PLAIN if word.rstrip("s") not in said} == set()


# The article about each, beside the clinic's main one, which has many topics.
CONDITIONS = {
    "kneecap": ["patellofemoral-pain"],
    "kneecap-bursa": ["prepatellar-bursitis"],
    "patellar-tendon": ["patellar-tendinitis"],
    "it-band": ["it-band-syndrome"],
    "pes-bursa": ["pes-anserine-bursitis"],
    "meniscus": ["meniscus-tear"],
    "ligaments": ["ligament-injury"],
    "cartilage": ["knee-osteoarthritis"],
    "cyst": ["bakers-cyst"],
    "hot-joint": ["gout-in-the-knee"],
}


def test_an_article_opens_with_the_drawing_of_its_topic_and_its_card_shows_it(client):
    topic = make_topic(drawing="it-band")
    article = make_article()
    article.live_version.topics.set([topic])

    page = client.get(article.get_absolute_url()).text
    card = client.get("/articles/").text

    assert page.index('class="anatomy"') < page.index("Some text.")
    assert "<li>IT band</li>" in page
    assert 'class="anatomy__sore"' in card


def test_an_article_about_several_things_has_the_drawing_of_none(client):
    article = make_article()
    topics = [
        make_topic(drawing="it-band", slug="a"),
        make_topic(drawing="cyst", slug="b"),
    ]
    article.live_version.topics.set(topics)

    assert 'class="anatomy"' not in client.get(article.get_absolute_url()).text


def test_staff_choose_the_drawing_of_a_topic(staff_client):
    topic = make_topic()
    form = staff_client.get(f"/admin/articles/topic/{topic.pk}/change/").text

    assert '<option value="meniscus">Meniscus</option>' in form
    assert topic.drawing == ""
