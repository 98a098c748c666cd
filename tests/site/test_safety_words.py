"""The sentences without which a page could do harm: each stands wherever it belongs, on the screen and on paper."""

import pytest
from django.urls import reverse

from kneecare.clinic.models import HelpLevel
from tests.exercises.printed import said
from tests.factories import (
    make_article,
    make_clinic,
    make_exercise,
    make_handout,
    make_routine,
)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("nobody_guessed"),
    pytest.mark.same_on_any_database("pages as they are drawn"),
]
RATE = "Rate your pain from 0 to 10. 0 is no pain. 10 is the worst pain."
ZONES = [
    "This is fine.",
    "You can go on if it settles within 24 hours. If not, do less next time.",
    "Stop this move. Ask us what to do.",
]
OTHER_NUMBERS = "Has your clinician told you other numbers? Then go by those."
ASK = "How long to rest: ask your clinician"
CALL = "ask us in a free call"
EMERGENCY, SIGN = "Call 911 now", "You cannot feel your leg."
NO_LIST = (
    "If you are worried about your knee, call a doctor. In an emergency, call 911."
)
GUIDE = {"green_to": 3, "amber_to": 5, "pain_source": "A leaflet about pain."}


@pytest.fixture
def bridge():
    """An exercise of which the dose is stated in part, with a source, and which is not for everybody."""
    make_clinic()
    HelpLevel.objects.create(level="emergency", heading=EMERGENCY, signs=SIGN)
    dose = {"sets": 2, "reps": 8, "source": "A book about knees."}
    return make_exercise(
        dose=dose, not_for="You broke your leg.", hold_on_to="a heavy table"
    )


@pytest.fixture
def pages(bridge):
    """The path of each page on which somebody is told to move, by what it is."""
    routine = make_routine(bridge, **GUIDE)
    handout = make_handout(bridge, **GUIDE)
    return {
        "exercise": bridge.get_absolute_url(),
        "routine": routine.get_absolute_url(),
        "player": reverse("routines:play", args=[routine.slug]),
        "sheet": reverse("routines:handout", args=[routine.slug]),
        "handout": handout.get_absolute_url(),
        "handout's player": reverse("handouts:play", args=[handout.code]),
        "handout's sheet": reverse("handouts:pdf", args=[handout.code]),
    }


WITH_A_PLAN = [
    "routine",
    "player",
    "sheet",
    "handout",
    "handout's player",
    "handout's sheet",
]
ALL = ["exercise", *WITH_A_PLAN]


@pytest.mark.parametrize("name", WITH_A_PLAN)
def test_whoever_exercises_is_told_what_pain_means_and_whose_numbers_come_first(
    client, pages, name
):
    text = said(client, pages[name])

    for sentence in [RATE, *ZONES, OTHER_NUMBERS]:
        assert sentence in text


@pytest.mark.parametrize("name", ALL)
def test_what_a_dose_does_not_state_is_said_with_whom_to_ask(client, pages, name):
    text = said(client, pages[name])

    assert text.count(ASK) == 1
    assert "ot stated" not in text
    assert (CALL in text) == (name in ["exercise", "routine"])


@pytest.mark.parametrize("name", ["exercise", "routine", "player", "sheet"])
def test_where_a_dose_comes_from_is_said_beside_it(client, pages, name):
    assert "A book about knees." in said(client, pages[name])


@pytest.mark.parametrize("name", ALL)
def test_what_to_hold_on_to_is_said(client, pages, name):
    assert "Hold on to: a heavy table." in said(client, pages[name])


@pytest.mark.parametrize("name", ["routine", "sheet", "handout", "handout's sheet"])
def test_a_plan_says_what_to_have_near(client, pages, name):
    needed = "Have this near you, to hold on to: a heavy table."

    assert needed in said(client, pages[name])


@pytest.mark.parametrize("name", ALL)
def test_who_should_not_do_an_exercise_is_said(client, pages, name):
    text = said(client, pages[name])

    assert "Who should not do this" in text
    assert "You broke your leg." in text


@pytest.mark.parametrize("name", ALL)
def test_the_signs_of_an_emergency_stand_on_the_page(client, pages, name):
    text = said(client, pages[name])

    assert EMERGENCY in text
    assert SIGN in text


@pytest.mark.parametrize(
    "path", ["/when-to-get-help/", "/where-does-it-hurt/", "/book/"]
)
def test_the_signs_of_an_emergency_stand_where_somebody_looks_for_help(
    client, bridge, path
):
    text = said(client, path)

    assert EMERGENCY in text
    assert SIGN in text


def test_the_signs_of_an_emergency_stand_on_an_article(client, bridge):
    assert SIGN in said(client, make_article().get_absolute_url())


@pytest.mark.parametrize("name", ALL)
def test_a_clinic_without_a_list_of_signs_still_says_what_to_do(client, pages, name):
    HelpLevel.objects.all().delete()

    assert NO_LIST in said(client, pages[name])


@pytest.mark.parametrize("name", ALL)
def test_the_list_of_signs_says_that_nobody_has_checked_it(client, pages, name):
    text = said(client, pages[name])

    assert text.rpartition(SIGN)[2].lstrip().startswith("Clinical review pending.")


@pytest.mark.parametrize("path", ["/articles/%00/", "/no-such-page/"])
def test_a_page_that_is_not_there_leads_to_help(client, bridge, path):
    response = client.get(path)

    assert "911" in response.text or reverse("help") in response.text


def test_a_page_that_failed_says_what_to_do_in_an_emergency(client, monkeypatch):
    def fail(*args):
        raise RuntimeError

    client.raise_request_exception = False
    monkeypatch.setattr("kneecare.site.views.find", fail)

    response = client.get("/search/?q=knee")

    assert response.status_code == 500
    assert "In an emergency, call 911." in response.text
