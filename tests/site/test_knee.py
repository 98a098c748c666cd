"""The drawing of the knee: one choice, as a picture and as a list."""

import re

import pytest
from django.template.loader import render_to_string

from articles.models import Topic
from kneecare.core.drawings import own_drawing
from kneecare.core.templatetags.components import drawing_url

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("first_content"),
    pytest.mark.same_on_any_database("what is drawn"),
]
PAGES = pytest.mark.parametrize(
    ("address", "url"),
    [("/", "/where-does-it-hurt/"), ("/where-does-it-hurt/", "")],
)


@PAGES
def test_the_drawing_and_the_list_offer_the_same_places_by_the_same_numbers(
    client, address, url
):
    html = client.get(address).text
    zones = re.findall(
        r'class="knee__zone [^"]+" href="([^"]+)" aria-label="([^"]+)"', html
    )
    listed = re.findall(
        r'class="knee-finder__link [^"]+" href="([^"]+)">([^<]+)<', html
    )
    places = [(f"{url}#{place.value}", str(place.label)) for place in Topic.Place]

    assert listed == places
    assert zones == [
        (href, f"{number}: {label}") for number, (href, label) in enumerate(places, 1)
    ]


def test_every_place_has_a_spot_of_its_own_in_the_drawing():
    spots = {
        render_to_string("components/_knee_spot.html", {"key": place.value}).strip()
        for place in Topic.Place
    }

    assert len(spots) == len(Topic.Place)


@pytest.mark.parametrize("key", ["", *Topic.Place.values])
def test_a_mark_is_for_the_eye_only(key):
    html = render_to_string("components/pain_location_icon.html", {"key": key})

    drawn = own_drawing(f"knee-{key or 'whole'}").svg
    assert drawing_url(f"knee-{key or 'whole'}") in html
    assert 'alt=""' in html
    assert ('class="knee__spot"' in drawn) == bool(key)
