"""What staff put into an order stands in it wherever visitors read it."""

import pytest

from kneecare.clinic.models import SocialLink
from tests.factories import make_clinic, make_clinician

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.same_on_any_database("pages as they are drawn"),
]


@pytest.fixture(autouse=True)
def clinic():
    return make_clinic()


def in_order(text, *words):
    places = [text.index(each) for each in words]
    return places == sorted(places)


def test_people_stand_in_the_order_of_their_places(client):
    make_clinician(name="Zoe First", position=1)
    make_clinician(name="Ada Third", position=3)
    make_clinician(name="Mia Second", position=2)

    text = client.get("/about/").text

    assert in_order(text, "Zoe First", "Mia Second", "Ada Third")


def test_links_to_other_sites_stand_in_the_order_of_their_places(client, clinic):
    for position, label in [(3, "Albums"), (1, "Zines"), (2, "Films")]:
        SocialLink.objects.create(
            clinic=clinic,
            label=label,
            url=f"https://{label.lower()}.example/",
            position=position,
        )

    assert in_order(client.get("/").text, "Zines", "Films", "Albums")
