"""A search never corrects what may be a medical word, and suggests only what is near and has results."""

from pathlib import Path

import pytest

from kneecare.search import index, search
from kneecare.search.models import SynonymGroup
from kneecare.search.query import lexicon
from kneecare.search.query.lexicon import MEDICAL, SHORT, is_medical, nearest
from kneecare.search.words import words
from tests.factories import make_article

# Each of these stood in a page and was one letter away.
LOOKALIKES = ["act", "out", "its", "heal", "heart", "part", "fall", "home", "stop", "strong", "good", "also", "room", "ride", "base", "time", "tell", "tired", "plan", "goal", "line", "reach"]  # fmt: skip
MEDICAL_WORDS = ["acl", "pcl", "mcl", "lcl", "gout", "itbs", "heat", "ice", "mri", "nsaid", "pfps", "rom", "als", "tia", "tkr", "tens", "lupus", "sprain", "strain", "bursa", "fever", "femur", "psoas", "plica", "ulcer", "cramp", "rsi", "dvt", "copd", "rice", "hip", "hot", "scar", "rash", "flu"]  # fmt: skip


@pytest.fixture
def lookalikes(db):
    return make_article(
        title="Act on knee pain",
        html=f"<p>{' '.join(LOOKALIKES)} exercise bridge tendon</p>",
    )


@pytest.mark.parametrize("word", MEDICAL_WORDS)
def test_a_medical_word_is_not_corrected(lookalikes, word):
    results = search(word)

    assert (results.plan.mended, results.suggestion) == ((), "")
    assert results.found == ()


@pytest.mark.parametrize("word", ["acl", "gout", "heat"])
def test_beside_other_words_it_is_not_corrected_either(lookalikes, word):
    results = search(f"{word} exercise")

    assert results.suggestion == ""
    # Some stand in a group of synonyms.
    assert {*results.plan.missing} <= {word}
    assert [found.candidate.title for found in results.found] == ["Act on knee pain"]


@pytest.mark.parametrize("word", ["gouty", "sprained", "ulcers", "femurs"])
def test_neither_is_another_form_of_one(word):
    assert is_medical(word)


@pytest.mark.parametrize("word", ["htn", "mcp", "bkn", "rtkr"])
def test_what_looks_like_an_abbreviation_may_be_one(word):
    assert is_medical(word)


@pytest.mark.parametrize(
    ("typed", "other"),
    [
        ("acl", "act"),
        ("gout", "out"),
        ("itbs", "its"),
        ("heat", "heal"),
        ("sole", "some"),
        ("bike", "like"),
        ("kid", "did"),
        ("dose", "does"),
    ],
)
def test_a_short_word_with_another_letter_is_another_word(typed, other):
    is_swapped = sorted(typed) == sorted(other)

    assert nearest(typed, {other: 99}) == (other if is_swapped else None)


@pytest.mark.parametrize(
    ("typed", "right"),
    [("kne", "knee"), ("nee", "knee"), ("wal", "wall"), ("claf", "calf"), ("rase", "raise")],
)  # fmt: skip
def test_a_slip_in_a_short_word_is_still_seen(typed, right):
    assert len(typed) <= SHORT
    assert nearest(typed, {right: 1, "act": 9}) == right


@pytest.mark.parametrize(("typed", "right"), [("brige", "bridge"), ("excersise", "exercise"), ("tendn", "tendon")])  # fmt: skip
def test_a_slip_in_a_long_word_is_suggested(lookalikes, typed, right):
    results = search(typed)

    assert results.suggestion == right
    assert results.found


def test_a_word_that_staff_know_but_no_page_has_is_not_suggested(lookalikes):
    SynonymGroup.objects.create(words="physiotherapy\nphysio")

    results = search("physiotherapi")

    assert (results.suggestion, results.found) == ("", ())


def test_a_word_of_staffs_own_list_is_not_corrected(lookalikes):
    SynonymGroup.objects.create(words="bridgy\nglute raise")

    assert search("bridgy").suggestion == ""


def test_a_word_that_a_page_has_is_not_corrected(lookalikes):
    make_article(title="Heat", html="<p>Brige</p>")
    index.rebuild()

    assert [search(word).suggestion for word in ["heat", "brige"]] == ["", ""]


def test_the_page_says_that_no_page_has_it(client, lookalikes):
    html = client.get("/search/?q=gout+exercise").text

    assert "No page has “gout”." in html
    assert "Did you mean" not in html


def test_the_list_holds_words_alone():
    listed = Path(lexicon.__file__).with_name("medical_words.txt").read_text()
    lines = [line for line in listed.splitlines() if not line.startswith("#")]

    assert len(MEDICAL) > 500
    assert [line for line in lines if words(line) != line.split()] == []
