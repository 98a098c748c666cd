"""Only what is the same for everybody is stored, and only who says nothing of themselves gets it."""

import pytest
from django.conf import settings as site_settings
from django.urls import resolve

from kneecare.stored import files
from kneecare.stored.answers import is_for_all
from kneecare.stored.wsgi import from_stored
from tests.site.addresses import every_name, path_of

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("first_content", "nobody_guessed"),
    pytest.mark.same_on_any_database("who asks for what"),
]
ARTICLE = "/articles/knee-pain-why-it-matters/"
# All that may be: whatever else the site answers is made for each who asks.
STORED = {
    "home",
    "articles:index",
    "articles:detail",
    "topic",
    "finder",
    "help",
    "exercises:index",
    "exercises:detail",
    "figure",
    "drawing",
    "routines:index",
    "routines:detail",
    "routines:play",
    "progress",
    "about",
    "privacy",
    "feed",
    "sitemap",
    "sitemap_section",
}


def test_of_all_addresses_the_pages_for_everybody_are_stored_and_no_other(site):
    found = {name for name in every_name() if site.is_stored(path_of(name))}

    assert found == STORED


def test_only_a_view_that_says_so_is_stored():
    views = {n: resolve(path_of(n).partition("?")[0]).func for n in every_name()}
    said = {name for name, view in views.items() if hasattr(view, "may_be_stored")}

    assert said == STORED


@pytest.mark.parametrize(
    "said",
    [
        {"HTTP_COOKIE": "sessionid=x"},
        {"HTTP_AUTHORIZATION": "Basic x"},
        {"REQUEST_METHOD": "POST"},
        {"REQUEST_METHOD": "OPTIONS"},
        {"CONTENT_LENGTH": "3"},
        {"CONTENT_TYPE": "text/plain; charset=rot13"},
        {"HTTP_TRANSFER_ENCODING": "chunked"},
        {"QUERY_STRING": "utm_source=x"},
        {"QUERY_STRING": "page=1"},
        {"QUERY_STRING": "page=2"},
        {"HTTP_HOST": "other.example"},
        {"HTTP_HOST": "testserver:80:80"},
        {"HTTP_HOST": "testserver:6666"},
        {"HTTP_HOST": ""},
        {"HTTP_X_FORWARDED_PROTO": "https", "REMOTE_ADDR": "192.0.2.1"},
    ],
    ids=str,
)
def test_who_says_more_is_answered_by_django(site, said):
    site.ask(ARTICLE)

    assert not site.is_stored(ARTICLE, **said)


def test_a_signed_in_person_neither_fills_nor_gets_what_is_stored(site, staff_client):
    cookie = f"sessionid={staff_client.cookies['sessionid'].value}"

    assert not site.is_stored(ARTICLE, HTTP_COOKIE=cookie)
    assert not files.folder().exists()


def test_who_asks_in_the_open_is_led_to_where_nobody_listens(site, settings):
    settings.SECURE_SSL_REDIRECT = True
    closed = type(site)()
    closed.ask(ARTICLE)
    open_ = closed.ask(ARTICLE, **{"wsgi.url_scheme": "http"})
    by_proxy = {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_PROTO": "https"}

    assert open_.status == 301
    assert closed.ask(ARTICLE, **{"wsgi.url_scheme": "http"}, **by_proxy).is_stored


def test_a_page_of_a_list_is_stored_under_its_own_number_alone(site):
    assert site.is_stored("/articles/?page=1")
    assert not site.is_stored("/articles/?page=2")  # there is one
    assert not site.is_stored("/articles/?page=1&page=1")
    assert not site.is_stored("/exercises/?page=1&q=knee")


def test_a_search_in_the_library_is_kept_by_nothing(site):
    assert not site.is_stored("/exercises/?q=knee")
    assert "no-store" in site.ask("/exercises/?q=knee").headers["Cache-Control"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Set-Cookie": "a=b"},
        {"Vary": "Cookie"},
        {"Cache-Control": "no-store"},
        {"Cache-Control": "private, no-cache"},
        {"Cache-Control": ""},
        {"Content-Security-Policy": "script-src 'self' 'nonce-abc'"},
        {"Content-Encoding": "gzip"},
        {"ETag": '"own"'},
    ],
    ids=str,
)
def test_an_answer_that_is_for_one_request_alone_is_not_stored(headers):
    public = {"Cache-Control": "public, no-cache"}

    assert is_for_all("200 OK", list(public.items()))
    assert not is_for_all("200 OK", list((public | headers).items()))
    assert not is_for_all("404 Not Found", list(public.items()))


def test_no_public_page_has_a_key_for_one_request(site):
    for name in STORED:
        assert "nonce" not in site.ask(path_of(name)).headers["Content-Security-Policy"]


def test_while_code_is_being_written_nothing_is_stored(site, settings):
    settings.DEBUG = True

    assert not site.is_stored(ARTICLE)


def test_the_site_is_served_with_what_is_stored_before_it():
    from kneecare import wsgi  # noqa: PLC0415 - it starts a process of the site

    assert wsgi.application.__qualname__.startswith(from_stored.__name__)
    assert site_settings.WSGI_APPLICATION == "kneecare.wsgi.application"
