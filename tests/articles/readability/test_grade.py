import pytest

from articles.readability.grade import grade, sentences, syllables
from articles.readability.inflections import inflections

pytestmark = pytest.mark.same_on_any_database("texts")


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("knee", 1),
        ("knees", 1),
        ("joined", 1),
        ("rested", 2),
        ("muscle", 2),
        ("muscles", 2),
        ("bruises", 2),
        ("people", 2),
        ("exercise", 3),
        ("iliotibial", 6),
        ("something", 2),
        ("hmm", 1),
    ],
)
def test_syllables_are_counted_as_they_are_heard(word, count):
    assert syllables(word) == count


def test_grade_tells_plain_words_from_hard_ones():
    plain_words = "Bend your knee. Hold it for a while. Then let it go."
    hard_words = "Patellofemoral malalignment predisposes individuals to degenerative osteoarthritic changes."

    assert grade(plain_words) < 2
    assert grade(hard_words) > 20


def test_grade_follows_flesch_and_kincaid():
    # 6 words, 1 sentence, 7 syllables.
    expected = 0.39 * 6 + 11.8 * 7 / 6 - 15.59

    assert grade("The cat sat on the table.") == pytest.approx(expected)


@pytest.mark.parametrize("text", ["", "123 456.", "..."])
def test_a_text_without_words_has_grade_zero(text):
    assert grade(text) == 0


def test_sentences_end_at_marks_and_lines():
    text = "Sit down.\nReady? Then: go on, 2.5 times\n\n“Stop!” he said"

    assert sentences(text) == [
        "Sit down.",
        "Ready?",
        "Then:",
        "go on, 2.5 times",
        "“Stop!”",
        "he said",
    ]


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("utilize", "utilizing"),
        ("utilize", "utilized"),
        ("injury", "injuries"),
        ("permit", "permitted"),
        ("assist", "assisting"),
        ("crutch", "crutches"),
        ("play", "played"),
    ],
)
def test_the_regular_endings_of_a_word_are_known(word, form):
    assert form in inflections(word)
