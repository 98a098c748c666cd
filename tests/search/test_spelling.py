import pytest

from kneecare.search.query.lexicon import nearest, spelling_keys

KNOWN = {
    "bridge": 4,
    "tendinitis": 2,
    "patellar": 3,
    "exercise": 5,
    "start": 9,
    "wall": 2,
    "way": 8,
    "knee": 12,
    "strength": 1,
    "bursitis": 1,
}


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("brige", "bridge"),
        ("bridgge", "bridge"),
        ("birdge", "bridge"),
        ("tendonitus", "tendinitis"),
        ("pateller", "patellar"),
        ("excersise", "exercise"),
        ("strenght", "strength"),
        ("burcitis", "bursitis"),
        ("nee", "knee"),
    ],
)
def test_a_slip_leads_to_the_word_that_was_meant(typed, right):
    assert spelling_keys(typed) & spelling_keys(right)
    assert nearest(typed, KNOWN) == right


def test_a_doubled_letter_is_more_likely_than_a_common_word():
    assert nearest("wal", KNOWN) == "wall"


@pytest.mark.parametrize("typed", ["stairs", "xyzzy", "shoulder"])
def test_a_word_that_is_like_no_other_stays_as_it_is(typed):
    assert nearest(typed, KNOWN) is None


@pytest.mark.parametrize("word", ["", "ab", "10", "膝膝膝", "a1b2"])
def test_what_is_not_spelled_has_no_keys(word):
    assert spelling_keys(word) == set()
