"""The starter library is plain and adult, every page of it."""

import pytest

from articles.readability.grade import grade
from tests.site.test_reading_grade import HARDEST, articles, outside, smog, texts

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("library"),
    pytest.mark.same_on_any_database("texts"),
]


def test_an_article_of_the_library_is_neither_a_primer_nor_a_paper():
    found = {slug: (round(grade(text), 1), round(smog(text), 1)) for slug, text in articles()}  # fmt: skip

    assert len(found) == 16
    assert outside(found) == {}


def test_exercises_and_routines_of_the_library_read_at_grade_seven_or_lower():
    grades = {slug: round(grade(text), 1) for slug, text in texts()}

    assert {"quad-set", "front-of-knee-strength", "bakers-cyst"} <= grades.keys()
    assert {slug: found for slug, found in grades.items() if found > HARDEST} == {}
