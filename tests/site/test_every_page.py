"""Promises that every public page keeps."""

import itertools
import logging
import re
from html.parser import HTMLParser

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Topic
from tests.factories import make_article, make_exercise, make_routine
from tests.site.pages import CONTENT_PAGES, PAGES

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("first_content"),
    pytest.mark.same_on_any_database("pages as they are drawn"),
]
every_page = pytest.mark.parametrize("address", PAGES)


class Outline(HTMLParser):
    """The tags of a page with their attributes, and the ids that it uses."""

    def __init__(self, html):
        super().__init__()
        self.tags = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def all(self, *names):
        return [attrs for tag, attrs in self.tags if tag in names]

    def values(self, attribute):
        return [attrs[attribute] for _, attrs in self.tags if attribute in attrs]


def outline(client, address):
    return Outline(client.get(address).text)


@every_page
def test_a_page_has_one_h1_and_headings_that_skip_no_level(client, address):
    levels = [
        int(tag[1])
        for tag, _ in outline(client, address).tags
        if re.fullmatch("h[1-6]", tag)
    ]

    assert levels.count(1) == 1
    assert levels[0] == 1
    assert [b for a, b in itertools.pairwise(levels) if b > a + 1] == []


@every_page
def test_a_page_has_landmarks_and_a_link_that_skips_to_the_content(client, address):
    page = outline(client, address)

    assert len(page.all("main")) == 1
    assert page.all("header")
    assert page.all("footer")
    assert page.all("nav")
    assert page.all("a")[0]["href"] == "#main"
    assert page.all("main")[0]["id"] == "main"


def test_every_page_has_a_title_and_a_description_of_its_own(client):
    titles, descriptions = {}, {}
    for address in PAGES:
        if "?" in address:
            continue
        html = client.get(address).text
        titles[address] = re.search(r"<title>(.*?)</title>", html, re.DOTALL)[1].strip()
        descriptions[address] = re.search(
            r'<meta name="description" content="(.+?)">', html, re.DOTALL
        )[1]

    assert len(set(titles.values())) == len(titles)
    assert len(set(descriptions.values())) == len(descriptions)


@every_page
def test_a_page_asks_nothing_of_anybody_else(client, address):
    page = outline(client, address)
    loaded = [attrs["src"] for _, attrs in page.tags if "src" in attrs]
    loaded += [
        attrs["href"]
        for attrs in page.all("link")
        if attrs["rel"] not in ["canonical", "alternate"]
    ]

    assert [url for url in loaded if not url.startswith("/")] == []


@every_page
def test_a_page_has_no_style_or_script_inside(client, address):
    page = outline(client, address)
    inline = [attrs for attrs in page.all("script") if "src" not in attrs]

    assert [
        attrs for attrs in inline if attrs.get("type") != "application/ld+json"
    ] == []
    assert page.all("style") == []
    assert page.values("style") == []
    assert [
        name for _, attrs in page.tags for name in attrs if name.startswith("on")
    ] == []


@every_page
def test_a_page_uses_each_id_once_and_points_at_none_that_is_missing(client, address):
    page = outline(client, address)
    ids = page.values("id")
    described = page.values("aria-describedby") + page.values("aria-labelledby")
    pointed_at = {name for value in described for name in value.split()}
    pointed_at |= set(page.values("for"))
    pointed_at |= {href[1:] for href in page.values("href") if href.startswith("#")}

    assert len(ids) == len(set(ids))
    assert pointed_at - set(ids) == set()


@every_page
def test_a_page_links_only_to_addresses_that_answer(client, address):
    links = {
        attrs["href"].partition("#")[0] for attrs in outline(client, address).all("a")
    }
    inside = {
        link
        for link in links
        if link.startswith("/") and not link.startswith("/admin/")
    }

    assert {
        link: code for link in inside if (code := client.get(link).status_code) != 200
    } == {}


@every_page
def test_a_page_misses_no_template_variable(client, address, caplog):
    optional = {
        "heading_level",
        "quiet",
        "folded",
        "structured_data",
        "is_preview",
        "shown_items",
        "uid",
        "pictured",
        "minutes",
        "wrapper_class",
    }
    with caplog.at_level(logging.DEBUG, logger="django.template"):
        client.get(address)
    missing = {
        record.args[0]
        for record in caplog.records
        if "resolving variable" in record.msg
    }

    assert missing - optional == set()


@pytest.mark.parametrize("address", CONTENT_PAGES)
def test_a_content_page_costs_at_most_four_queries(
    client, django_assert_max_num_queries, address
):
    with django_assert_max_num_queries(4):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/articles/",
        "/topics/knee-pain/",
        "/where-does-it-hurt/",
        "/exercises/",
        "/routines/",
    ],
)
def test_a_list_costs_the_same_however_much_it_holds(client, address):
    with CaptureQueriesContext(connection) as before:
        client.get(address)
    topics = Topic.objects.all()
    for _ in range(5):
        make_article(topics=topics)
        make_routine(make_exercise(), make_exercise())

    with CaptureQueriesContext(connection) as after:
        client.get(address)

    assert len(after) == len(before)


@pytest.mark.parametrize(
    "address",
    ["/articles/no-such-page/", "/no-such-page/", "/exercises/x/", "/topics/x/"],
)
def test_an_unknown_address_is_a_404_that_helps(client, address):
    response = client.get(address)

    assert response.status_code == 404
    assert Outline(response.text).all("h1")
    assert 'href="/articles/"' in response.text


@pytest.mark.parametrize(
    "address",
    [
        "/articles/?page=x",
        "/articles/?page=99999999999999999999",
        "/articles/?page=-1",
        "/exercises/?body_part=no-such",
        "/exercises/?body_part=%00",
        "/exercises/?equipment=%F0%9F%92%A9'\"><script>",
        "/articles/%00/",
        "/articles/?page=%00",
        "/exercises/?" + "a=1&" * 900,
        "/articles/" + "a" * 5000 + "/",
    ],
)
def test_a_junk_address_never_breaks_the_site(client, address):
    response = client.get(address)

    assert response.status_code in [200, 400, 404]
    assert "<script>" not in response.text


@every_page
def test_a_page_refuses_what_it_does_not_take(client, address):
    for method in [client.put, client.delete, client.patch]:
        assert method(address).status_code == 405
