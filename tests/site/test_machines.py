"""What machines read: feed, sitemap, robots, health, structured data."""

import json
import re
from xml.etree import ElementTree

import feedparser
import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection

from kneecare.publishing.publish import take_down
from tests.factories import make_article, make_draft, make_exercise, make_routine

pytestmark = pytest.mark.django_db


@pytest.fixture
def first_content():
    call_command("first_content", verbosity=0, stdout=None)


def locations(client):
    tree = ElementTree.fromstring(client.get("/sitemap.xml").content)  # noqa: S314 - it is ours
    return [
        element.text
        for element in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")
    ]


def structured_data(response):
    found = re.findall(
        r'<script type="application/ld\+json">(.*?)</script>', response.text, re.DOTALL
    )
    return [json.loads(text) for text in found]


def test_the_feed_holds_published_articles_newest_first(client):
    older, newer = make_article(published_at="2026-01-01T00:00Z"), make_article()
    make_draft()
    take_down(make_article(), by=None)

    feed = feedparser.parse(client.get("/feeds/articles/").content)

    assert feed.bozo == 0
    assert [entry.title for entry in feed.entries] == [newer.title, older.title]
    assert feed.entries[0].link == f"https://testserver{newer.get_absolute_url()}"


def test_the_feed_escapes_what_editors_type(client):
    make_article(title="Knees <script>alert(1)</script> & hips")

    feed = feedparser.parse(client.get("/feeds/articles/").content)

    assert feed.bozo == 0
    assert b"<script>" not in client.get("/feeds/articles/").content


def test_the_sitemap_lists_what_visitors_may_see_and_every_address_answers(
    client, first_content
):
    draft = make_draft()
    exercise, routine = (
        make_exercise(published_at=None),
        make_routine(published_at=None),
    )

    found = locations(client)

    assert len(found) == len(set(found)) > 20
    for hidden in [draft, exercise, routine]:
        assert f"https://testserver{hidden.get_absolute_url()}" not in found
    for location in found:
        assert (
            client.get(location.removeprefix("https://testserver")).status_code == 200
        )


def test_robots_names_the_sitemap_and_keeps_private_pages_out(client):
    assert client.get("/robots.txt").text.split("\n") == [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /bookings/",
        "Disallow: /calls/",
        "Disallow: /handouts/",
        "Disallow: /preview/",
        "",
        "Sitemap: https://testserver/sitemap.xml",
        "",
    ]


def test_security_txt_says_where_to_write(client):
    text = client.get("/.well-known/security.txt").text

    assert "Contact: https://testserver/contact/" in text
    assert re.search(r"^Expires: \d{4}-\d\d-\d\dT00:00:00Z$", text, re.MULTILINE)


def test_ready_says_so_only_while_the_database_answers(client, monkeypatch):
    assert client.get("/readyz").status_code == 200

    def fail():
        raise DatabaseError("away")

    monkeypatch.setattr(connection, "cursor", fail)

    assert client.get("/readyz").status_code == 503
    assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("/", "MedicalClinic"),
        ("/about/", "MedicalClinic"),
        ("/articles/knee-pain-why-it-matters/", ["MedicalWebPage", "FAQPage"]),
        ("/topics/patellar-tendinitis/", "CollectionPage"),
        ("/exercises/glute-bridge/", "MedicalWebPage"),
        ("/routines/knee-strength-starter/", "MedicalWebPage"),
    ],
)
def test_a_page_says_what_it_is_in_structured_data(
    client, first_content, address, kind
):
    [data] = structured_data(client.get(address))

    assert (data["@context"], data["@type"]) == ("https://schema.org", kind)


def test_an_article_names_its_author_and_makes_no_review_up(client, first_content):
    [data] = structured_data(client.get("/articles/knee-pain-why-it-matters/"))

    assert data["author"]["@type"] == "Person"
    assert data["author"]["name"] == "Nick Hunter"
    assert "reviewedBy" not in data
    assert "lastReviewed" not in data


def test_structured_data_of_an_exercise_holds_its_dose(client, first_content):
    [data] = structured_data(client.get("/exercises/calf-raise/"))

    assert data["mainEntity"]["@type"] == "ExercisePlan"
    assert data["mainEntity"]["repetitions"] == 15
    assert data["mainEntity"]["additionalVariable"] == "3 sets of 15"


def test_structured_data_states_nothing_that_the_dose_does_not(client, first_content):
    [data] = structured_data(client.get("/exercises/wall-push/"))

    assert "repetitions" not in data["mainEntity"]
    assert "activityFrequency" not in data["mainEntity"]


def test_structured_data_cannot_close_its_element(client):
    article = make_article(title="</script><script>alert(1)</script>")

    response = client.get(article.get_absolute_url())

    assert "<script>alert" not in response.text
    assert structured_data(response)[0]["headline"] == article.title


def test_every_page_has_one_canonical_address_whatever_it_was_asked_by(client):
    article = make_article()

    response = client.get(article.get_absolute_url() + "?utm_source=x")

    assert (
        f'<link rel="canonical" href="https://testserver{article.get_absolute_url()}">'
        in response.text
    )
