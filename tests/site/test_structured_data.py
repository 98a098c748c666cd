"""What pages and the sitemap say of the first content to machines."""

import json
import re
from xml.etree import ElementTree

import pytest

from tests.factories import make_draft, make_exercise, make_routine

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("first_content")]


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


def test_the_sitemap_lists_what_visitors_may_see_and_every_address_answers(client):
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
