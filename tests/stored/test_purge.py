"""A CDN that holds pages is told of each change, and of nothing else."""

import json
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from articles.models import Article
from kneecare.publishing.publish import take_down
from kneecare.stored.models import Revision
from kneecare.stored.purge import purge
from tests.factories import make_booking

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("first_content"),
]


class Cdn(HTTPServer):
    """What it was told, and what it answers."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.told, self.status = [], 200


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.told.append((dict(self.headers), json.loads(body)))
        self.send_response(self.server.status)
        self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args):
        pass


@pytest.fixture
def cdn(settings):
    cdn = Cdn()
    thread = Thread(target=cdn.serve_forever)
    thread.start()
    settings.CDN_SECONDS = 60
    settings.CDN_PURGE_URL = f"http://127.0.0.1:{cdn.server_port}/purge"
    settings.CDN_PURGE_HEADER = "Fastly-Key: a-key"
    purge()
    cdn.told.clear()
    yield cdn
    cdn.shutdown()
    thread.join()
    cdn.server_close()


def test_what_is_taken_down_is_forgotten_by_the_cdn_once(cdn):
    take_down(Article.objects.published()[0], by=None)

    purge()
    purge()

    [(headers, body)] = cdn.told
    assert headers["Fastly-Key"] == "a-key"
    assert headers["Surrogate-Key"] == "pages"
    assert body == {"tags": ["pages"]}


def test_what_visitors_do_not_see_is_told_to_nobody(cdn):
    booking = make_booking()
    purge()
    cdn.told.clear()
    booking.name = "Somebody"
    booking.save()

    purge()

    assert cdn.told == []


@pytest.mark.parametrize("status", [302, 403, 500])
def test_a_cdn_that_refuses_is_told_again_and_the_log_says_it_once(cdn, status, caplog):
    take_down(Article.objects.published()[0], by=None)
    cdn.status = status
    purge()
    purge()
    assert len([each for each in caplog.records if "CDN" in each.message]) == 1
    cdn.told.pop()
    cdn.status = 200

    purge()
    purge()

    assert len(cdn.told) == 2


def test_a_cdn_that_is_away_is_told_once_it_is_back(cdn, settings):
    there, settings.CDN_PURGE_URL = settings.CDN_PURGE_URL, "http://127.0.0.1:9/purge"
    take_down(Article.objects.published()[0], by=None)
    purge()
    settings.CDN_PURGE_URL = there

    purge()

    assert len(cdn.told) == 1


def test_a_change_in_the_meantime_is_told_of_as_well(cdn, monkeypatch):
    first, second = Article.objects.published()[:2]
    take_down(first, by=None)
    told = "kneecare.stored.purge._ask"
    monkeypatch.setattr(told, lambda: take_down(second, by=None))
    purge()
    monkeypatch.undo()

    row = Revision.objects.get()
    assert row.purged != row.token


def test_pages_carry_their_tag_where_a_cdn_may_hold_them(client, settings):
    assert "Surrogate-Key" not in client.get("/articles/").headers

    settings.CDN_SECONDS = 60

    assert client.get("/articles/").headers["Surrogate-Key"] == "pages"
    assert client.get("/articles/").headers["Cache-Tag"] == "pages"
    assert "Surrogate-Key" not in client.get("/book/").headers
