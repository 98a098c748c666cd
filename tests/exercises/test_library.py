"""The exercise library: words and filters together, and the same without a script."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exercises.library import MOST_FOUND
from exercises.models import Exercise, Tag
from kneecare.publishing.publish import take_down
from kneecare.search.models import SynonymGroup
from tests.factories import make_article, make_exercise, make_tag
from tests.site.test_every_page import Outline

pytestmark = pytest.mark.django_db
HIP = {"name": "Hip", "slug": "hip"}
KNEE = {"name": "Knee", "slug": "knee"}
WALL = {"kind": Tag.Kind.EQUIPMENT, "name": "Wall", "slug": "wall"}
XSS = "<script>alert(1)</script>\"'"


@pytest.fixture
def library():
    """Four exercises: two for the hip, one of these at a wall; one for the knee; and a draft that none may meet."""
    hip, knee, wall = [make_tag(**fields) for fields in [HIP, KNEE, WALL]]
    make_exercise(title="Glute bridge", summary="Lift your hips.", tags=[hip])
    make_exercise(title="Wall push", summary="Push the wall.", tags=[hip, wall])
    make_exercise(title="Calf raise", summary="Rise on your toes.", tags=[knee])
    make_exercise(title="Hidden bridge", published_at=None, tags=[hip, knee])


def titles(response):
    return re.findall(r'class="card__link" href="[^"]+">([^<]+)</a>', response.text)


def filters(response):
    """``{name: (shown, address, is chosen)}``; no address for what is no link."""
    return {
        step.name: (step.shown, step.url if step.shown else "", step.is_chosen)
        for _, steps in response.context["library"].groups
        for step in steps
    }


def test_all_exercises_stand_by_title_with_their_number(client, library):
    response = client.get("/exercises/")

    assert titles(response) == ["Calf raise", "Glute bridge", "Wall push"]
    assert "3 exercises</h2>" in response.text
    assert "noindex" not in response.text
    assert "Clear all" not in response.text


def test_each_filter_leads_on_with_the_number_that_it_would_leave(client, library):
    assert filters(client.get("/exercises/")) == {
        "Hip": (2, "/exercises/?body_part=hip", False),
        "Knee": (1, "/exercises/?body_part=knee", False),
        "Wall": (1, "/exercises/?equipment=wall", False),
    }


def test_a_chosen_filter_is_taken_away_by_its_link_and_others_count_what_it_leaves(
    client, library
):
    response = client.get("/exercises/?body_part=hip")

    assert titles(response) == ["Glute bridge", "Wall push"]
    assert filters(response) == {
        "Hip": (2, "/exercises/", True),
        "Knee": (0, "", False),
        "Wall": (1, "/exercises/?body_part=hip&equipment=wall", False),
    }
    assert "noindex" in response.text


def test_a_chosen_filter_is_told_in_words_and_one_that_leaves_nothing_is_no_link(
    client, library
):
    page = Outline(client.get("/exercises/?body_part=hip").text)

    current = [a for a in page.all("a") if a.get("class", "").startswith("filter")]
    assert [(a["href"], a.get("aria-current")) for a in current] == [
        ("/exercises/", "true"),
        ("/exercises/?body_part=hip&equipment=wall", None),
    ]
    html = client.get("/exercises/?body_part=hip").text
    assert "Hip <span" in html
    assert "(chosen, take it away)" in html


def test_every_number_beside_a_filter_is_what_its_page_shows(client, library):
    for address in ["/exercises/", "/exercises/?body_part=hip", "/exercises/?q=bridge"]:
        for shown, url, is_chosen in filters(client.get(address)).values():
            if url and not is_chosen:
                assert len(titles(client.get(url))) == shown


def test_filters_combine(client, library):
    response = client.get("/exercises/?equipment=wall&body_part=hip")

    assert titles(response) == ["Wall push"]
    assert filters(response)["Wall"] == (1, "/exercises/?body_part=hip", True)


def test_two_parts_of_the_body_find_what_is_for_both(client, library):
    make_exercise(title="Squat", tags=Tag.objects.filter(slug__in=["hip", "knee"]))

    response = client.get("/exercises/?body_part=hip&body_part=knee")

    assert titles(response) == ["Squat"]


def test_words_find_as_the_search_of_the_site_does(client, library):
    SynonymGroup.objects.create(words="calf\nlower leg")
    make_article(title="About the bridge")

    assert titles(client.get("/exercises/?q=bridge")) == ["Glute bridge"]
    assert titles(client.get("/exercises/?q=lower+leg")) == ["Calf raise"]
    mended = client.get("/exercises/?q=bredge")
    assert titles(mended) == ["Glute bridge"]
    assert "We looked for “bridge”." in mended.text
    assert "We also looked for “calf”." in client.get("/exercises/?q=lower+leg").text


@pytest.mark.parametrize("typed", ["gl", "glut", "GLUTE BR", "bri glu", "lif hips"])
def test_the_beginnings_of_words_find_while_somebody_types(client, library, typed):
    response = client.get("/exercises/", {"q": typed})

    assert titles(response) == ["Glute bridge"]
    assert "We looked for" not in response.text


def test_words_and_filters_combine_and_the_form_keeps_both(client, library):
    make_exercise(title="Bridge at a wall", tags=[Tag.objects.get(slug="wall")])

    response = client.get("/exercises/?q=bridge&body_part=hip")

    assert titles(response) == ["Glute bridge"]
    assert filters(response)["Hip"][1] == "/exercises/?q=bridge"
    inputs = Outline(response.text).all("input")
    assert [(each["name"], each["value"]) for each in inputs if each.get("value")] == [
        ("q", "bridge"),
        ("body_part", "hip"),
    ]


def test_the_best_fit_comes_first(client):
    make_exercise(title="A step", summary="After the bridge.")
    make_exercise(title="Bridge", summary="Lift.")

    assert titles(client.get("/exercises/?q=bridge")) == ["Bridge", "A step"]


def test_many_articles_do_not_crowd_an_exercise_out(client):
    make_exercise(title="Clamshell", summary="For the hip.")
    for number in range(45):
        make_article(title=f"The hip, part {number}")

    assert titles(client.get("/exercises/?q=hip")) == ["Clamshell"]
    assert MOST_FOUND > 45


def test_nothing_found_says_what_to_leave_out(client, library):
    response = client.get("/exercises/?q=bridge&body_part=knee")

    steps = response.context["library"].ways_out
    assert [(step.name, step.shown, step.url) for step in steps] == [
        ("Knee", 1, "/exercises/?q=bridge"),
        ("“bridge”", 1, "/exercises/?body_part=knee"),
    ]
    for step in steps:
        assert len(titles(client.get(step.url))) == step.shown
    assert "0 exercises</h2>" in response.text
    assert 'href="/search/?q=bridge"' in response.text
    assert 'href="/exercises/">Show all exercises' in response.text


def test_a_word_that_nothing_has_leads_on(client, library):
    response = client.get("/exercises/?q=xyzzyq")

    assert titles(response) == []
    assert "Try fewer words" in response.text
    assert 'href="/search/?q=xyzzyq"' in response.text


def test_an_exercise_that_is_taken_down_is_counted_nowhere(client, library):
    assert titles(client.get("/exercises/?q=wall")) == ["Wall push"]

    take_down(Exercise.objects.get(title="Wall push"))

    response = client.get("/exercises/")
    assert "Wall" not in filters(response)
    assert filters(response)["Hip"][0] == 1
    assert titles(client.get("/exercises/?q=wall")) == []


@pytest.mark.parametrize(
    "query",
    [
        {"body_part": "no-such"},
        {"body_part": "wall"},
        {"equipment": XSS},
        {"body_part": "hip" * 2000},
        {"muscle": ["a"] * 300},
    ],
)
def test_an_unknown_filter_is_left_out_and_told(client, library, query):
    response = client.get("/exercises/", query)

    assert response.status_code == 200
    assert len(titles(response)) == 3
    assert "One filter in this address is not in our list." in response.text
    assert "<script>alert" not in response.text


@pytest.mark.parametrize(
    "words", [XSS, "%", "'; --", '"', "a" * 5000, "😀", "the of", "-" * 50, " "]
)
def test_odd_words_are_answered(client, library, words):
    response = client.get("/exercises/", {"q": words, "body_part": "hip"})

    assert response.status_code == 200
    assert "<script>alert" not in response.text


def test_empty_values_of_an_old_address_mean_nothing(client, library):
    response = client.get("/exercises/?q=&body_part=&equipment=wall")

    assert titles(response) == ["Wall push"]
    assert "One filter in this address" not in response.text


def test_every_filter_at_once_is_answered(client):
    tags = [make_tag() for _ in range(80)]
    make_exercise(title="All of it", tags=tags)

    query = {"body_part": [tag.slug for tag in tags]}

    assert titles(client.get("/exercises/", query)) == ["All of it"]


def test_more_than_a_page_holds_come_in_pages_that_keep_words_and_filters(client):
    hip = make_tag(**HIP)
    titles = [f"Bridge {number:02}" for number in range(30)]
    for title in titles:
        make_exercise(title=title, tags=[hip])

    first = client.get("/exercises/", {"body_part": "hip"})
    further = re.search(r'rel="next" href="([^"]+)"', first.text)[1]
    second = client.get("/exercises/" + further.replace("&amp;", "&"))

    assert further == "?body_part=hip&amp;page=2"
    assert "30 exercises" in first.text
    assert "30 exercises" in second.text
    assert [each.title for each in first.context["exercises"]] == titles[:24]
    assert [each.title for each in second.context["exercises"]] == titles[24:]


def test_what_somebody_looks_for_is_kept_by_no_cache_and_told_to_no_other_page(
    client, library
):
    response = client.get("/exercises/?q=pain")

    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "no-referrer"
    plain = client.get("/exercises/")
    assert plain["Cache-Control"] == "public, no-cache"
    assert plain["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/exercises/", 4),
        ("/exercises/?body_part=hip&equipment=wall", 4),
        ("/exercises/?q=bridge&body_part=hip", 6),
        ("/exercises/?q=bri", 7),
        ("/exercises/?q=bridge&body_part=knee", 6),
    ],
)
def test_the_library_costs_the_same_however_many_exercises_and_tags(
    client, library, address, most
):
    with CaptureQueriesContext(connection) as before:
        client.get(address)
    for _ in range(8):
        hip, wall = Tag.objects.get(slug="hip"), Tag.objects.get(slug="wall")
        make_exercise(title="Bridge", tags=[hip, wall, make_tag()])
    with CaptureQueriesContext(connection) as after:
        client.get(address)

    assert len(after) == len(before) <= most
