import re

import pytest

from kneecare.search.query.plan import Plan, Unit
from kneecare.search.query.snippets import LENGTH, Marker
from kneecare.search.words import stems


def marker(*texts, exact=()):
    units = tuple(Unit((tuple(stems(text)),), 1.0) for text in texts)
    return Marker(Plan(units, tuple(tuple(stems(text)) for text in exact)))


@pytest.mark.parametrize(
    ("asked", "text", "marked"),
    [
        (
            "bridge",
            "Bridges, a BRIDGE.",
            "<mark>Bridges</mark>, a <mark>BRIDGE</mark>.",
        ),
        ("happy", "Be happy.", "Be <mark>happy</mark>."),
        ("10", "Do 10 of 100.", "Do <mark>10</mark> of 100."),
        ("IT band", "It is the IT band.", "It is the <mark>IT band</mark>."),
        ("knee", "Kneecap and knee-high.", "Kneecap and <mark>knee</mark>-high."),
    ],
)
def test_what_was_looked_for_is_marked_and_nothing_else(asked, text, marked):
    assert marker(asked).marked(text) == marked


def test_a_text_is_escaped_before_it_is_marked():
    html = marker("script", "alert").marked("<script>alert('x')</script> & more")

    assert html == (
        "&lt;<mark>script</mark>&gt;<mark>alert</mark>(&#x27;x&#x27;)&lt;/<mark>script</mark>&gt; &amp; more"
    )


def test_the_summary_is_shown_when_it_tells_as_much_as_the_body():
    shown = marker("knee").snippet("Title", "A knee.", "The knee. " * 50)

    assert shown == "A <mark>knee</mark>."


def test_the_stretch_of_the_body_with_the_most_of_what_was_asked_is_shown():
    body = "Only a hip. " * 40 + "Here a zebra meets a giraffe. " + "Only a hip. " * 40

    shown = marker("zebra", "giraffe", "hip").snippet("Title", "A hip.", body)

    assert "<mark>zebra</mark> meets a <mark>giraffe</mark>" in shown
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(re.sub("<.*?>", "", shown)) <= LENGTH + 4


def test_a_body_without_a_space_is_cut_as_well():
    shown = marker("zebra").snippet("Title", "Summary", "zebra" + "-a" * 5000)

    assert len(shown) < 300
