"""What a machine reads, made by each test: feed, robots, health, canonical addresses."""

import re

import feedparser
import pytest
from django.db import DatabaseError, connection

from kneecare.publishing.publish import take_down
from tests.factories import make_article, make_draft
from tests.site.test_structured_data import structured_data

pytestmark = pytest.mark.django_db


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


def test_ready_says_so_only_while_the_database_answers(
    client, monkeypatch, worker_at_work
):
    assert client.get("/readyz").status_code == 200

    def fail():
        raise DatabaseError("away")

    monkeypatch.setattr(connection, "cursor", fail)

    assert client.get("/readyz").status_code == 503
    assert client.get("/healthz").status_code == 200


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
