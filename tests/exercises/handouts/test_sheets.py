"""A handout for one person on paper."""

import pytest

from exercises.handouts.versions import store_version
from exercises.pdf import compile
from tests.exercises.handouts.test_view import served
from tests.exercises.printed import A4, codes, pages_of, words
from tests.factories import make_clinic, make_exercise, make_handout

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("nobody_guessed"),
    pytest.mark.same_on_any_database("what is printed"),
]


@pytest.fixture
def handout():
    make_clinic(name="Knees & Co")
    bridge = make_exercise(title="Bridge", dose={"sets": 2, "reps": 8})
    return make_handout(bridge, title="For your hip", note="Go slowly.\nCall us.")


def printed(client, handout, **query):
    return client.get(f"{handout.get_absolute_url()}handout.pdf", query)


def test_it_holds_what_the_page_holds(client, handout):
    said = words(served(printed(client, handout)))

    for part in ["For your hip", "Go slowly.", "Bridge", "2 sets of 8", "Version 1"]:
        assert part in said
    assert f"Handout {handout.reference}" in said


def test_its_code_opens_the_page_of_that_version(client, handout):
    handout.note = "Faster."
    store_version(handout, by=None, on=handout.made_on, is_checked=False)

    response = printed(client, handout)

    assert codes(pages_of(response.content)[0]) == [
        f"https://testserver/handouts/{handout.code}/?sheet=2"
    ]


def test_it_comes_on_other_paper_and_in_large_print(client, handout):
    size = served(printed(client, handout, paper="a4")).pages[0].mediabox

    assert (round(size.width), round(size.height)) == A4
    assert (
        printed(client, handout, print="large").content
        != printed(client, handout).content
    )


def test_each_is_made_anew_as_no_cache_keeps_one(client, handout, monkeypatch):
    made = []
    compile_pdf = compile._compile
    monkeypatch.setattr(
        compile, "_compile", lambda *args: made.append(1) or compile_pdf(*args)
    )

    responses = [printed(client, handout) for _ in "ab"]

    assert len(made) == 2
    assert responses[0].content == responses[1].content
    assert "no-store" in responses[0]["Cache-Control"]
    assert responses[0]["Content-Disposition"] == 'inline; filename="your-handout.pdf"'


@pytest.mark.parametrize(
    "words_of_staff", ["#set page()", "*_`$@<x>\\", "שלום 👍", "x" * 1000]
)
def test_words_of_staff_come_out_as_words(client, words_of_staff):
    make_clinic()
    handout = make_handout(make_exercise(), note=words_of_staff)

    assert printed(client, handout).status_code == 200
