import pytest

from kneecare.search import nearest_titles, search
from kneecare.search.query.plan import MAX_CHARACTERS, MAX_WORDS, parse

JUNK = [
    "",
    " ",
    "?!",
    '"',
    '""',
    '"knee',
    'knee" pain',
    "“knee pain”",
    "'",
    "knee\0pain",
    "\\",
    "%",
    "%s",
    "knee*",
    "knee AND",
    "AND OR NOT",
    "NEAR(knee, 2)",
    "title:knee",
    "title_stems : knee",
    "{title} : (knee)",
    "knee ^ (pain",
    "-knee +pain",
    "knee & pain | !hip <-> 'x'",
    "'; DROP TABLE search_document; --",
    "<script>alert(1)</script>",
    "🦵💥",
    "膝の痛み",
    "колено",
    "\u202eknee",
    "\ud800",
    "a" * 10_000,
    "knee " * 10_000,
    "1 2 3 1e5 0x1f -7 3.14",
    "i i i",
]


def test_words_and_phrases_are_told_apart():
    query = parse('hip "knee pain" “glute bridge” walk')

    assert query.words == ("hip", "walk")
    assert query.phrases == (("knee", "pain"), ("glute", "bridge"))


def test_a_quotation_mark_alone_quotes_nothing():
    assert parse('"knee pain').phrases == ()
    assert parse('"knee pain').words == ("knee", "pain")


def test_ten_megabytes_are_cut_and_say_so():
    query = parse("knee " * 2_000_000)

    assert len(query.text) <= MAX_CHARACTERS
    assert len(query.words) == MAX_WORDS
    assert query.was_cut


def test_what_people_type_is_not_cut():
    assert not parse("why does my knee hurt when I go down the stairs").was_cut


@pytest.mark.django_db
@pytest.mark.usefixtures("first_content")
@pytest.mark.parametrize("typed", JUNK, ids=range(len(JUNK)))
def test_whatever_is_typed_breaks_nothing(typed):
    for found in search(typed).found:
        assert found.title
        assert found.snippet
    assert len(nearest_titles(typed)) <= 3
