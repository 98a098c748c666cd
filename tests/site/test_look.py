"""Small promises of the look."""

import gzip

import pytest
from django.template.loader import render_to_string

from kneecare.clinic.models import Clinician
from kneecare.clinic.templatetags.people import initials
from tests.site.pages import PAGES

pytestmark = pytest.mark.same_on_any_database(
    "style sheets and pages as they are drawn"
)

HEAVIEST = 60_000  # bytes of a page, compressed


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Nick Hunter", "NH"), ("Ana María de la Cruz", "AC"), ("cher", "C"), ("", "")],
)
def test_a_person_without_a_portrait_is_drawn_by_their_initials(name, letters):
    html = render_to_string(
        "includes/portrait.html", {"clinician": Clinician(name=name)}
    )

    assert initials(name) == letters
    assert f">{letters}</text>" in html


@pytest.mark.django_db
@pytest.mark.usefixtures("first_content")
@pytest.mark.parametrize("address", PAGES)
def test_a_page_stays_light_however_much_is_drawn_on_it(client, address):
    page = client.get(address).content

    assert len(gzip.compress(page, mtime=0)) <= HEAVIEST


@pytest.mark.django_db
@pytest.mark.usefixtures("first_content")
@pytest.mark.parametrize(
    "address",
    [
        "/articles/knee-pain-why-it-matters/",
        "/exercises/glute-bridge/",
        "/routines/knee-strength-starter/",
    ],
)
def test_who_holds_a_page_on_paper_reads_where_it_is(client, address):
    html = client.get(address).text

    assert f"{address}</p>" in html
