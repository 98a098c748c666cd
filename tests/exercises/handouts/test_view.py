"""The address of the handout."""

import io
import re

import pypdf
import pytest

from kneecare.publishing.publish import publish, take_down
from tests.exercises.printed import A4, LETTER, codes, letter_heights, pages_of, words
from tests.factories import make_clinic, make_exercise, make_routine

pytestmark = pytest.mark.same_on_any_database("what is printed")


@pytest.fixture
def routine(db):
    make_clinic(name="Knees & Co")
    exercise = make_exercise(dose={"reps": 8})
    limits = {"green_to": 3, "amber_to": 5, "pain_source": "A leaflet"}
    return make_routine(exercise, title="Strong knees", slug="strong-knees", **limits)


@pytest.fixture
def editor(client, django_user_model):
    client.force_login(django_user_model.objects.create_superuser("ed"))
    return client


def served(response):
    return pypdf.PdfReader(io.BytesIO(response.content))


def test_the_handout_opens_in_the_browser_and_in_no_search_engine(client, routine):
    response = client.get("/routines/strong-knees/handout.pdf")

    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'inline; filename="strong-knees.pdf"'
    assert response["X-Robots-Tag"] == "noindex"
    assert "8 repetitions" in words(served(response))


def test_its_code_opens_the_page_and_names_the_version(client, routine):
    publish(routine, by=None)

    response = client.get("/routines/strong-knees/handout.pdf")

    assert codes(pages_of(response.content)[0]) == [
        "https://testserver/routines/strong-knees/?sheet=2"
    ]


@pytest.mark.parametrize(
    ("query", "size", "letters"),
    [
        ("", LETTER, 12),
        ("?paper=letter", LETTER, 12),
        ("?paper=a4", A4, 12),
        ("?paper=a4&print=large", A4, 18),
        ("?print=large", LETTER, 18),
        ("?paper=a5&print=small", LETTER, 12),
        ("?paper=%27%22%3E&paper=../..&print=%F0%9F%91%8D", LETTER, 12),
    ],
)
def test_the_address_says_paper_and_letters(client, routine, query, size, letters):
    reader = served(client.get(f"/routines/strong-knees/handout.pdf{query}"))
    box, heights = reader.pages[0].mediabox, letter_heights(reader)

    assert (round(box.width), round(box.height)) == size
    assert max(heights, key=heights.get) == letters


def test_a_browser_that_has_it_is_not_sent_it_again(client, routine):
    url = "/routines/strong-knees/handout.pdf"
    first = client.get(url)

    again = client.get(url, headers={"If-None-Match": first["ETag"]})
    publish(routine, by=None)
    changed = client.get(url, headers={"If-None-Match": first["ETag"]})

    assert first["Cache-Control"] == "no-cache"
    assert (again.status_code, again.content) == (304, b"")
    assert changed.status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("length", [1, 4])
def test_it_costs_the_same_queries_however_long_the_routine(
    client, django_assert_num_queries, length
):
    make_routine(*[make_exercise() for _ in range(length)], slug="strong-knees")

    with django_assert_num_queries(3):
        client.get("/routines/strong-knees/handout.pdf")


def test_a_routine_that_was_taken_down_has_no_handout(client, routine):
    url = "/routines/strong-knees/handout.pdf"
    assert client.get(url).status_code == 200

    take_down(routine)

    assert client.get(url).status_code == 404


def test_an_exercise_that_was_taken_down_is_on_no_handout(client, routine):
    gone = make_exercise(title="Gone tomorrow")
    routine.items.create(exercise=gone, position=9)
    publish(routine, by=None)
    url = "/routines/strong-knees/handout.pdf"
    assert "Gone tomorrow" in words(served(client.get(url)))

    take_down(gone)

    assert "Gone tomorrow" not in words(served(client.get(url)))


def test_the_draft_shows_the_working_copy_and_says_that_it_is_a_draft(editor, routine):
    type(routine).objects.filter(pk=routine.pk).update(title="Stronger knees")

    response = editor.get("/routines/strong-knees/preview/handout.pdf")

    text = words(served(response))
    assert "no-store" in response["Cache-Control"]
    assert "Draft. Not for patients." in text
    assert "Stronger knees" in text
    assert "Version 2" in text


def test_the_pages_link_to_every_kind_of_handout(editor, routine):
    for page, pdf_url in [
        ("/routines/strong-knees/", "/routines/strong-knees/handout.pdf"),
        (
            "/routines/strong-knees/preview/",
            "/routines/strong-knees/preview/handout.pdf",
        ),
    ]:
        text = editor.get(page).text
        links = re.findall(r'href="([^"]*handout\.pdf[^"]*)"', text)
        assert links == [
            pdf_url,
            f"{pdf_url}?print=large",
            f"{pdf_url}?paper=a4",
            f"{pdf_url}?paper=a4&amp;print=large",
        ]
        assert all(
            editor.get(link.replace("&amp;", "&")).status_code == 200 for link in links
        )
