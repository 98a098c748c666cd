"""Small promises of the look."""

import gzip
import re

import pytest
from django.template.loader import render_to_string

from exercises.dose import DoseSnapshot
from exercises.snapshots import ExerciseSnapshot, ItemSnapshot, RoutineSnapshot
from kneecare.clinic.models import Clinician
from tests.site.pages import PAGES

pytestmark = pytest.mark.same_on_any_database(
    "style sheets and pages as they are drawn"
)

HEAVIEST = 60_000  # bytes of a page, compressed


@pytest.mark.parametrize("name", ["Nick Hunter", "cher", ""])
def test_a_person_without_a_portrait_is_drawn_as_a_person_and_not_as_letters(name):
    html = render_to_string(
        "includes/portrait.html", {"clinician": Clinician(name=name)}
    )

    assert 'class="portrait__skin"' in html
    assert "<text" not in html


@pytest.mark.django_db
@pytest.mark.usefixtures("library")
@pytest.mark.parametrize("address", ["/", "/exercises/", "/routines/"])
def test_every_card_of_something_to_do_says_how_long_it_takes_and_what_it_needs(
    client, address
):
    page = client.get(address).text
    cards = re.findall(
        r'<article class="card(?: card--exercise)?">.*?</article>', page, re.S
    )

    silent = [
        re.search(r'card__link" href="([^"]+)', card)[1]
        for card in cards
        if "card-facts__fact--minutes" not in card or "You need: " not in card
    ]

    assert cards
    assert silent == []


def test_a_routine_needs_what_any_of_its_moves_needs():
    items = [
        ItemSnapshot(make_exercise_snapshot(equipment), DoseSnapshot())
        for equipment in (["Wall"], ["No equipment"], ["Mat or bed", "Wall"])
    ]

    needs = [
        RoutineSnapshot(title="", summary="", intro="", items=chosen).equipment()
        for chosen in (items, items[1:2], [])
    ]

    assert needs == [["Mat or bed", "Wall"], ["No equipment"], []]


def make_exercise_snapshot(equipment):
    tags = [{"kind": "equipment", "name": name} for name in equipment]
    words = dict.fromkeys(["title", "summary", "steps", "why", "mistakes", "not_for"], "")  # fmt: skip
    return ExerciseSnapshot(pk=1, figure={}, dose=DoseSnapshot(), tags=tags, **words)


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
