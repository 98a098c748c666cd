"""On a site with the whole library, people still find what they need: questions, short forms and tasks lead to the page that answers."""

import tomllib
from pathlib import Path

import pytest

from kneecare.search import search

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]
SETS = {
    name: tomllib.loads(Path(__file__).with_name(f"{name}.toml").read_text("utf-8"))
    for name in ["library", "people"]
}


@pytest.mark.parametrize("name", SETS)
def test_a_test_set_has_sixty_queries(name):
    assert len(SETS[name]) == 60


def test_no_query_stands_in_both_test_sets():
    assert SETS["library"].keys() & SETS["people"].keys() == set()


@pytest.mark.parametrize("name", SETS)
def test_fifty_seven_of_sixty_queries_have_the_right_page_in_the_top_three(name):
    missed = {}
    for query, right in SETS[name].items():
        top = [found.url for found in search(query).found[:3]]
        if right not in top:
            missed[query] = top

    assert len(missed) <= 3, missed
