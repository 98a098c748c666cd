"""What machines read of an article: JSON-LD, the feed, the sitemap, and the picture for shared links."""

import io
import re
from datetime import date
from xml.etree import ElementTree

import feedparser
import pytest
from django.core.files.storage import default_storage
from PIL import Image

from articles.models import Article, ImageBlock, QuestionBlock
from articles.rendering.structured_data import medical_web_page
from kneecare.clinic.models import Clinic
from kneecare.media.models import Picture
from kneecare.publishing.publish import publish, take_down
from tests.factories import (
    make_article,
    make_clinic,
    make_clinician,
    make_draft,
    make_exercise,
    make_topic,
    sign_review,
)
from tests.site.test_machines import structured_data

pytestmark = pytest.mark.django_db
IMAGES = "{http://www.google.com/schemas/sitemap-image/1.1}"


def make_full():
    """A published article with a source, a question and a picture."""
    article = make_draft(
        referenced=False,
        html="<p>One [1].</p>",
        review_by=date(2099, 1, 5),
    )
    article.references.create(
        title="Knees", authors="A. B.", publisher="NHS", year=2024, url="https://a.example/"
    )  # fmt: skip
    place = {"parent": article, "region": "main"}
    QuestionBlock.objects.create(
        **place, ordering=20, question="Why?", answer="<p>So.</p>"
    )
    ImageBlock.objects.create(
        **place, ordering=30, image="pictures/a.webp", width=4, height=3, alt="A"
    )
    sign_review(article, make_clinician(name="Grace"), on=date(2026, 1, 5))
    publish(article, by=None)
    return Article.objects.get(pk=article.pk)


def test_json_ld_names_sources_questions_review_and_the_way_to_the_page(client):
    article = make_full()

    [data] = structured_data(client.get(article.get_absolute_url()))

    page = f"https://testserver{article.get_absolute_url()}"
    assert data["@type"] == ["MedicalWebPage", "FAQPage"]
    assert data["reviewedBy"]["name"] == "Grace"
    assert (data["lastReviewed"], data["inLanguage"]) == ("2026-01-05", "en-US")
    assert data["citation"] == [
        {
            "@type": "CreativeWork",
            "name": "Knees",
            "creditText": "A. B.",
            "publisher": {"@type": "Organization", "name": "NHS"},
            "datePublished": "2024",
            "url": "https://a.example/",
        }
    ]
    assert data["mainEntity"] == [
        {
            "@type": "Question",
            "name": "Why?",
            "acceptedAnswer": {"@type": "Answer", "text": "So."},
        }
    ]
    steps = data["breadcrumb"]["itemListElement"]
    assert [(each["position"], each["item"]) for each in steps] == [
        (1, "https://testserver/"),
        (2, "https://testserver/articles/"),
        (3, page),
    ]
    assert data["image"] == [
        f"{page}picture.png",
        "https://testserver/media/pictures/a/social-50-50.jpg",
    ]


def test_json_ld_of_an_article_without_questions_is_no_faq_page(client):
    [data] = structured_data(client.get(make_article().get_absolute_url()))

    assert data["@type"] == "MedicalWebPage"
    assert not {"mainEntity", "reviewedBy"} & data.keys()


def test_every_page_with_breadcrumbs_says_so_to_machines(client):
    topic, exercise = make_topic(), make_exercise()
    make_article().topics.add(topic)

    for page in [topic, exercise]:
        response = client.get(page.get_absolute_url())
        [data] = structured_data(response)
        assert 'class="breadcrumbs' in response.text
        assert data["breadcrumb"]["itemListElement"][-1]["name"] == page.title


def test_the_feed_holds_the_whole_text_with_absolute_urles_and_no_drawing(client):
    article = make_article(
        html='<p>Read <a href="/when-to-get-help/">this</a> [1].</p><h2>Next</h2>'
    )
    article.references.create(title="Knees")
    publish(article, by=None)

    feed = feedparser.parse(client.get("/feeds/articles/").content, sanitize_html=False)

    [entry] = feed.entries
    page = f"https://testserver{article.get_absolute_url()}"
    assert feed.bozo == 0
    assert feed.feed.language == "en-US"
    assert entry.content[0].type == "text/html"
    html = entry.content[0].value
    assert '<a href="https://testserver/when-to-get-help/">this</a>' in html
    assert f'<sup><a href="{page}#reference-1">1</a></sup>' in html
    assert "<h2>Next</h2>" in html
    assert not re.search(r"<svg|class=|id=|<script", html)


def test_the_feed_has_one_id_and_one_page_by_whichever_name_it_was_asked(client):
    make_full()

    feed = feedparser.parse(client.get("/feeds/articles/", HTTP_HOST="testserver:6666").content)  # fmt: skip

    assert feed.feed.id == feed.feed.link == "https://testserver/articles/"
    assert ":6666" not in client.get("/feeds/articles/", HTTP_HOST="testserver:6666").text  # fmt: skip


def test_the_feed_holds_what_was_published_and_not_the_working_copy(client):
    article = make_article(html="<p>Old words.</p>")
    article.articles_textblock_set.update(html="<p>Secret new words.</p>")
    make_draft(html="<p>Secret draft.</p>")

    text = client.get("/feeds/articles/").text

    assert "Old words." in text
    assert "Secret" not in text


def test_the_sitemap_names_pictures_of_published_articles_with_their_last_change(
    client,
):
    Picture.objects.create(name="pictures/a.webp", width=4, height=3)
    article = make_full()
    hidden = make_full()
    take_down(hidden, by=None)

    tree = ElementTree.fromstring(client.get("/sitemap-articles.xml").content)  # noqa: S314 - ours

    names = [each.text for each in tree.iter(f"{IMAGES}loc")]
    assert names == ["https://testserver/media/pictures/a/social-50-50.jpg"]
    page = f"https://testserver{article.get_absolute_url()}"
    [url] = [each for each in tree if each[0].text == page]
    assert url[1].text.startswith(
        article.live_version.made_at.strftime("%Y-%m-%dT%H:%M")
    )


def picture(client, article):
    return client.get(f"{article.get_absolute_url()}picture.png")


def test_a_published_article_has_a_picture_for_shared_links(client):
    make_clinic()
    article = make_article(title='A <title> & #more *than* $one$ "line" \\ long ' * 2)

    response = picture(client, article)

    assert response["Content-Type"] == "image/png"
    with Image.open(io.BytesIO(response.content)) as drawn:
        assert drawn.size == (1200, 630)
        assert len(drawn.convert("RGB").getcolors(2**24)) > 20
    html = client.get(article.get_absolute_url()).text
    url = f"https://testserver{article.get_absolute_url()}picture.png"
    assert f'<meta property="og:image" content="{url}">' in html
    for name, value in [("width", 1200), ("height", 630)]:
        assert f'<meta property="og:image:{name}" content="{value}">' in html
    assert '<meta name="twitter:card" content="summary_large_image">' in html
    assert '<meta property="og:locale" content="en_US">' in html


def test_the_picture_is_drawn_once_and_again_when_the_title_changes(
    client, monkeypatch
):
    article = make_article()
    drawn = []
    monkeypatch.setattr(
        "articles.rendering.share_picture._draw",
        lambda text: drawn.append(text) or b"png",
    )

    assert [picture(client, article).content for _ in range(2)] == [b"png", b"png"]
    assert len(drawn) == 1
    article.title = "Another title"
    article.save()
    picture(client, article)
    assert len(drawn) == 1
    publish(article, by=None)
    picture(client, article)
    assert len(drawn) == 2


def test_a_draft_and_what_was_taken_down_have_no_picture(client):
    draft, article = make_draft(), make_article()
    assert picture(client, article).status_code == 200

    take_down(article, by=None)

    for hidden in [draft, article]:
        assert picture(client, hidden).status_code == 404


def test_a_kept_picture_has_no_name_that_could_be_guessed(client, settings):
    article = make_article(title="A title that somebody guesses")
    picture(client, article)
    kept = set(default_storage.listdir("shared")[1])

    settings.SECRET_KEY = "another"
    picture(client, article)

    assert len(set(default_storage.listdir("shared")[1]) - kept) == 1


def test_the_language_of_an_article_is_said_everywhere(client):
    article = make_draft(language="es-mx")
    publish(article, by=None)

    html = client.get(article.get_absolute_url()).text

    assert '<html lang="es-MX">' in html
    assert '<meta property="og:locale" content="es_MX">' in html
    assert 'xml:lang="es-MX"' in client.get("/feeds/articles/").text
    assert medical_web_page(article, article.live_version)["inLanguage"] == "es-MX"


def test_a_clinic_with_a_very_long_name_fits_its_picture(client):
    Clinic.objects.create(pk=1, name="W" * 80)

    assert picture(client, make_article(title="W" * 100)).status_code == 200
