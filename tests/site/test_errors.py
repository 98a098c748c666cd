"""An address that nobody answers: the nearest titles, at a bounded cost, whatever is asked."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Article
from kneecare.publishing.publish import take_down

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("first_content"),
]


def nearest(response):
    """The addresses that a 404 page offers as near."""
    _, asks, rest = response.text.partition("Did you mean one of these?")
    return re.findall(r'href="([^"]+)"', rest.split("</section>")[0]) if asks else []


@pytest.mark.parametrize(
    ("address", "meant"),
    [
        ("/articles/patelar-tendonitis/", "/articles/patellar-tendinitis/"),
        ("/exercises/glute-brige/", "/exercises/glute-bridge/"),
        ("/calf-raises/", "/exercises/calf-raise/"),
        ("/blog/2024/it_band_syndrome", "/articles/it-band-syndrome/"),
        ("/routines/knee-strenght-starter/", "/routines/knee-strength-starter/"),
    ],
)
def test_a_misspelt_address_is_answered_with_the_nearest_titles(client, address, meant):
    response = client.get(address)

    assert response.status_code == 404
    assert nearest(response)[0] == meant
    assert len(nearest(response)) <= 3


def test_a_page_that_is_not_published_is_not_offered(client):
    take_down(Article.objects.get(slug="patellar-tendinitis"), by=None)

    found = nearest(client.get("/articles/patelar-tendonitis/"))

    assert "/articles/patellar-tendinitis/" not in found


@pytest.mark.parametrize(
    "address",
    [
        "/qqqqq/",
        "/apple-touch-icon.png",
        "/wp-admin/setup.php",
        "/bookings/patellar-tendinitis/",
        "/media/glute-bridge",
    ],
)
def test_an_address_that_names_no_page_of_ours_is_answered_without_a_guess(
    client, address
):
    response = client.get(address)

    assert response.status_code == 404
    assert nearest(response) == []


@pytest.mark.parametrize(
    "address",
    [
        "/" + "a" * 5000 + "/",
        "/articles/" + "knee-" * 1000 + "/",
        "/" + "knee-pain/" * 500,
        "/%FF%FE%80-knee/",
        "/%0D%0ASet-Cookie:x=1/",
        "/%3Cscript%3Ealert(1)%3C/script%3E/",
        "/%E2%80%AE%F0%9F%A6%B5/",
        "/knee' OR 1=1 --/",
        '/knee" AND (NEAR/',
        "/knee*%20OR%20title:pain/",
        "/-/",
        "/////articles//",
    ],
)
def test_a_hostile_address_costs_little_and_is_not_repeated(client, address):
    client.get("/warm-up/")
    with CaptureQueriesContext(connection) as asked:
        response = client.get(address)

    assert response.status_code in [301, 404]
    assert len(asked) <= 5
    assert "<script>alert" not in response.text
    assert "Set-Cookie" not in response.headers


def test_a_program_that_wants_no_page_is_answered_without_a_search(client):
    client.get("/warm-up/")

    def cost(**headers):
        with CaptureQueriesContext(connection) as asked:
            client.get("/articles/glute-brige/", headers=headers)
        return len(asked)

    assert cost(accept="application/json") < cost(accept="text/html")
