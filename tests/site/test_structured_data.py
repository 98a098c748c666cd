"""What pages and the sitemap say of the first content to machines."""

import json
import re
from xml.etree import ElementTree

import pytest

from exercises.models import Exercise
from kneecare.site.sitemaps import SiteSitemap
from tests.factories import make_draft, make_exercise, make_routine

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("first_content")]


LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


def named(client, address):
    """What a sitemap, or the index of them, names: paths and queries."""
    tree = ElementTree.fromstring(client.get(address).content)  # noqa: S314 - it is ours
    urls = [element.text for element in tree.iter(LOC)]
    assert all(url.startswith("https://testserver/") for url in urls)
    return [url.removeprefix("https://testserver") for url in urls]


def locations(client):
    return [url for part in named(client, "/sitemap.xml") for url in named(client, part)]  # fmt: skip


def structured_data(response):
    found = re.findall(
        r'<script type="application/ld\+json">(.*?)</script>', response.text, re.DOTALL
    )
    return [json.loads(text) for text in found]


def test_the_sitemap_lists_what_visitors_may_see_and_every_address_answers(client):
    draft = make_draft()
    exercise, routine = (
        make_exercise(published_at=None),
        make_routine(published_at=None),
    )

    found = locations(client)

    assert len(found) == len(set(found)) > 20
    for hidden in [draft, exercise, routine]:
        assert hidden.get_absolute_url() not in found
    for location in found:
        assert client.get(location).status_code == 200


def test_the_index_names_each_thousand_of_a_kind_and_when_it_last_changed(
    client, monkeypatch
):
    monkeypatch.setattr(SiteSitemap, "limit", 2)
    exercise = Exercise.objects.published().latest("live_version__made_at")
    whole = locations(client)
    parts = named(client, "/sitemap.xml")

    assert [part for part in parts if "topics" not in part][:3] == [
        "/sitemap-pages.xml",
        "/sitemap-pages.xml?p=2",
        "/sitemap-pages.xml?p=3",
    ]
    assert all(0 < len(named(client, part)) <= 2 for part in parts)
    assert len(whole) == len(set(whole))
    day = exercise.live_version.made_at.strftime("%Y-%m-%dT%H:%M")
    [of_exercises] = re.findall(
        r"sitemap-exercises.xml</loc>\s*<lastmod>([^<]{16})",
        client.get("/sitemap.xml").text,
    )
    assert of_exercises == day


@pytest.mark.parametrize("address", ["/sitemap-nobody.xml", "/sitemap-pages.xml?p=2", "/sitemap-pages.xml?p=x"])  # fmt: skip
def test_a_part_of_the_sitemap_that_there_is_not_is_not_found(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("/", "MedicalClinic"),
        ("/about/", "MedicalClinic"),
        ("/articles/knee-pain-why-it-matters/", "MedicalWebPage"),
        ("/topics/patellar-tendinitis/", "CollectionPage"),
        ("/exercises/glute-bridge/", "MedicalWebPage"),
        ("/routines/knee-strength-starter/", "MedicalWebPage"),
    ],
)
def test_a_page_says_what_it_is_in_structured_data(client, address, kind):
    [data] = structured_data(client.get(address))

    assert (data["@context"], data["@type"]) == ("https://schema.org", kind)


def test_an_article_names_its_author_and_makes_no_review_up(client):
    [data] = structured_data(client.get("/articles/knee-pain-why-it-matters/"))

    assert data["author"]["@type"] == "Person"
    assert data["author"]["name"] == "Nick Hunter"
    assert "reviewedBy" not in data
    assert "lastReviewed" not in data


def test_structured_data_of_an_exercise_holds_its_dose(client):
    [data] = structured_data(client.get("/exercises/calf-raise/"))

    assert data["mainEntity"]["@type"] == "ExercisePlan"
    assert data["mainEntity"]["repetitions"] == 15
    assert data["mainEntity"]["additionalVariable"] == "3 sets of 15"


def test_structured_data_states_nothing_that_the_dose_does_not(client):
    [data] = structured_data(client.get("/exercises/wall-push/"))

    assert "repetitions" not in data["mainEntity"]
    assert "activityFrequency" not in data["mainEntity"]
