import pytest

from kneecare.search.words import MAX_WORDS, stem, stems, words


def test_words_are_plain_whatever_their_accents_case_and_apostrophes():
    assert words("Müller\u2019s KNEE, don't 10-15") == [
        "mullers",
        "knee",
        "dont",
        "10",
        "15",
    ]


def test_stems_forgive_endings():
    assert stems("bridges bridging bridge") == ["bridg"] * 3


@pytest.mark.parametrize("word", ["膝", "10", "колено", "x膝", "🦵", "²"])
def test_a_stem_is_one_ascii_word_that_starts_with_a_letter(word):
    for found in stems(word):
        assert found.isascii()
        assert found.isalnum()
        assert found[0].isalpha()


def test_different_words_of_another_script_stay_different():
    assert stem("膝") != stem("足")


def test_a_text_without_end_is_cut():
    assert len(words("knee " * (MAX_WORDS + 10))) == MAX_WORDS


def test_a_word_without_end_is_cut():
    for letter in ["a", "膝"]:
        assert len(stems(letter * 10_000)[0]) <= 82
