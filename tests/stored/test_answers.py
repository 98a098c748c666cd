"""What is stored is what would be made, whatever encoding it is asked in."""

from io import BytesIO
from wsgiref.util import setup_testing_defaults

import brotli
import pytest
from django.test import Client

from kneecare.clinic.models import Clinic
from kneecare.core.telemetry.counted import REQUESTS
from kneecare.stored import files
from kneecare.stored.asked import encoding_for
from tests.site.pages import PAGES
from tests.stored.asking import DECODE, one_connection

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("first_content"),
    pytest.mark.same_on_any_database("bytes and headers"),
]
ARTICLE = "/articles/knee-pain-why-it-matters/"
OF_THE_ENCODING = {"ETag", "Content-Length", "Content-Encoding"}


def of_the_page(headers):
    return {name: value for name, value in headers.items() if name not in OF_THE_ENCODING}  # fmt: skip


def test_every_page_is_stored_as_it_is_made(site):
    for url in [*PAGES, "/feeds/articles/", "/sitemap.xml", "/sitemap-articles.xml"]:
        if not site.is_stored(url):
            continue
        made = Client().get(url, secure=True)
        for encoding in DECODE:
            stored = site.ask(url, **{"HTTP_ACCEPT_ENCODING": encoding or ""})

            assert stored.is_stored
            assert stored.text == made.text
            assert of_the_page(stored.headers) == of_the_page(made.headers)
            assert stored.headers.get("Content-Encoding") == encoding
            assert stored.headers["Content-Length"] == str(len(stored.body))


def test_who_makes_a_page_gets_what_all_others_get(site):
    said = {"HTTP_ACCEPT_ENCODING": "br"}

    made, stored = site.ask(ARTICLE, **said), site.ask(ARTICLE, **said)

    assert stored.is_stored
    assert made.text == stored.text
    assert of_the_page(made.headers) == of_the_page(stored.headers)


def test_what_is_stored_is_as_small_as_it_gets_and_who_makes_it_waits_for_less(site):
    said = {"HTTP_ACCEPT_ENCODING": "br"}
    page = Client().get(ARTICLE, secure=True).content

    made, stored = site.ask(ARTICLE, **said), site.ask(ARTICLE, **said)

    assert made.body == brotli.compress(page, quality=6)
    assert stored.body == brotli.compress(page, quality=11)


def test_a_page_is_stored_when_its_sender_has_sent_it(site):
    environ = {"PATH_INFO": ARTICLE, "HTTP_HOST": "testserver"}
    environ |= {"wsgi.url_scheme": "https", "wsgi.input": BytesIO()}
    setup_testing_defaults(environ)
    with one_connection():
        response = site.application(environ, lambda *told: None)
        assert b"".join(response)
        assert not files.folder().exists()
        response.close()

    assert site.ask(ARTICLE).is_stored


def test_a_page_that_says_what_it_said_is_not_compressed_again(site, monkeypatch):
    said = {"HTTP_ACCEPT_ENCODING": "br"}
    site.ask(ARTICLE, **said)
    before = site.ask(ARTICLE, **said)
    compressed = []
    compress = brotli.compress

    def note(body, quality):
        compressed.append(quality)
        return compress(body, quality=quality)

    name = Clinic.objects.get().name
    Clinic.objects.update(name="Elsewhere")
    Clinic.objects.update(name=name)
    monkeypatch.setattr("brotli.compress", note)

    assert not site.ask(ARTICLE, **said).is_stored
    assert compressed == [6]
    assert site.ask(ARTICLE, **said)[:3] == before[:3]


def test_a_page_that_says_something_else_is_compressed_anew(site):
    said = {"HTTP_ACCEPT_ENCODING": "br"}
    site.ask(ARTICLE, **said)
    Clinic.objects.update(name="Elsewhere")

    site.ask(ARTICLE, **said)

    stored = site.ask(ARTICLE, **said)
    assert stored.is_stored
    assert "Elsewhere" in stored.text


def test_a_stored_answer_is_counted_as_others_are_and_has_a_line_of_its_own(
    site, caplog
):
    caplog.set_level("INFO", logger="kneecare.access")
    assert site.is_stored(ARTICLE)
    tag = site.ask(ARTICLE).headers["ETag"]
    caplog.clear()
    counted = REQUESTS.labels("GET", "stored/", "304")
    before = counted._value.get()

    site.ask(ARTICLE, HTTP_IF_NONE_MATCH=tag)

    assert counted._value.get() == before + 1
    [line] = caplog.messages
    assert line.startswith("GET stored/ 304, ")


def test_each_encoding_has_a_tag_of_its_own_and_is_not_sent_again_to_who_has_it(site):
    tags = {}
    for encoding in DECODE:
        said = {"HTTP_ACCEPT_ENCODING": encoding} if encoding else {}
        tags[encoding] = tag = site.ask(ARTICLE, **said).headers["ETag"]
        for known in [tag, f"W/{tag}", f'"other", {tag}', "*"]:
            answer = site.ask(ARTICLE, HTTP_IF_NONE_MATCH=known, **said)
            assert (answer.status, answer.body, answer.is_stored) == (304, b"", True)
            assert answer.headers["ETag"] == tag
            assert answer.headers["Vary"] == "Accept-Encoding"
            assert "Content-Length" not in answer.headers
        assert site.ask(ARTICLE, HTTP_IF_NONE_MATCH='"other"', **said).status == 200

    assert len({*tags.values()}) == 3
    assert site.ask(ARTICLE, HTTP_IF_NONE_MATCH=tags["br"]).status == 200


def test_the_first_who_asks_may_know_the_page_already(site):
    tag = site.ask(ARTICLE).headers["ETag"]
    fresh = type(site)()

    assert fresh.ask(ARTICLE, HTTP_IF_NONE_MATCH=tag).status == 304


def test_who_asks_for_the_head_gets_no_body_stored_or_not(site):
    made = site.ask(ARTICLE, REQUEST_METHOD="HEAD")
    stored = site.ask(ARTICLE, REQUEST_METHOD="HEAD")

    assert stored.is_stored
    assert made[:3] == stored[:3] == (200, site.ask(ARTICLE).headers, b"")


def test_a_range_is_no_reason_for_less_than_the_whole_page(site):
    assert site.ask(ARTICLE, HTTP_RANGE="bytes=0-9") [:3] == site.ask(ARTICLE)[:3]  # fmt: skip


def test_a_stored_page_asks_the_database_for_its_revision_alone(
    site, django_assert_num_queries
):
    site.ask(ARTICLE)

    with django_assert_num_queries(0):  # that one goes past Django
        assert site.ask(ARTICLE).is_stored


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip;q=1.0, br;q=0.5", "br"),
        ("br;q=0, gzip", "gzip"),
        ("GZIP", "gzip"),
        ("br; q=0.0, gzip;q=0", "identity"),
        ("deflate", "identity"),
        (";;,=,", "identity"),
        ("", "identity"),
    ],
)
def test_the_best_encoding_is_one_that_is_taken(accepted, encoding):
    assert encoding_for(accepted) == encoding


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "public, no-cache"),
        (60, "public, max-age=0, s-maxage=60, stale-while-revalidate=60"),
    ],
)
def test_a_shared_cache_holds_a_page_for_as_long_as_the_owner_says(
    site, settings, seconds, said
):
    settings.CDN_SECONDS = seconds

    assert site.ask(ARTICLE).headers["Cache-Control"] == said
    assert site.ask(ARTICLE, HTTP_COOKIE="a=b").headers["Cache-Control"] == "private, no-cache"  # fmt: skip
