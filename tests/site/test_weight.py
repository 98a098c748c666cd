"""How much a public page is, as browsers get it: bytes, elements, and what else it asks for before anybody scrolls."""

import re
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import brotli
import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from exercises.models import Exercise, Routine
from kneecare.core.drawings import OWN, drawn_by
from tests.site.pages import PAGES

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db,
    pytest.mark.usefixtures("library"),
    pytest.mark.same_on_any_database("bytes of pages"),
]
PLAYER = "/routines/knee-strength-starter/play/"
BYTES, ELEMENTS = 10 * 1024, 450
# What is more than that, and why.
MORE_ELEMENTS = {
    PLAYER: 2_550,  # it steers its drawings, of the easier and the harder exercises too
    "/book/": 630,  # a field for each free time
    "/where-does-it-hurt/": 740,  # the routines and articles of every place
    "/exercises/": 580,  # 24 cards
    "/exercises/?body_part=hip": 460,  # 16 cards
    "/articles/knee-pain-why-it-matters/": 490,
    "/routines/ready-to-run-again/": 460,
}
MORE_BYTES = {PLAYER: 19 * 1024}
WITH_PICTURES = 70 * 1024


class Elements(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def elements(html):
    return Elements(html).found


def get(url):
    cache.clear()
    return Client().get(url, secure=True)


def on_the_wire(url):
    return len(brotli.compress(get(url).content))


def pictures(html):
    return {each["src"] for tag, each in elements(html) if tag == "img"}


def urls():
    rows = [*Exercise.objects.published(), *Routine.objects.published()]
    return dict.fromkeys([*PAGES, *[row.get_absolute_url() for row in rows], PLAYER])


def test_a_page_is_small():
    found = {url: on_the_wire(url) for url in urls()}

    most = dict.fromkeys(found, BYTES) | MORE_BYTES
    assert {url: n for url, n in found.items() if n > most[url]} == {}


def test_a_page_has_few_elements():
    found = {url: len(elements(get(url).text)) for url in urls()}

    most = dict.fromkeys(found, ELEMENTS) | MORE_ELEMENTS
    assert {url: n for url, n in found.items() if n > most[url]} == {}


def test_a_page_is_small_with_all_of_its_drawings():
    found = {}
    for url in urls():
        drawn = {
            each for each in pictures(get(url).text) if each.startswith("/figures/")
        }
        found[url] = on_the_wire(url) + sum(map(on_the_wire, drawn))

    assert {url: n for url, n in found.items() if n > WITH_PICTURES} == {}


def test_no_page_but_the_player_draws_an_exercise_itself():
    drawn = {url for url in urls() if 'class="figure__body"' in get(url).text}

    # These two have the knee that one presses.
    assert drawn == {PLAYER, "/", "/where-does-it-hurt/"}


@pytest.mark.parametrize("name", OWN)
def test_a_drawing_of_the_site_itself_is_small_and_whole(name):
    response = get(reverse("drawing", args=[name, drawn_by()]))

    root = ET.fromstring(response.text)  # noqa: S314 - our own drawing
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert "{" not in re.sub(r"<style>.*?</style>", "", response.text)
    assert response.headers["Cache-Control"].endswith("immutable")
    assert on_the_wire(response.wsgi_request.path) < 3_000


def test_there_is_no_other_drawing_of_the_site():
    assert get(reverse("drawing", args=["elbow", drawn_by()])).status_code == 404
