"""On a site with the whole library, people still find what they need: questions, short forms and tasks lead to the page that answers."""

import tomllib
from pathlib import Path

import pytest

from kneecare.search import search

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]
QUERIES = tomllib.loads(Path(__file__).with_name("library.toml").read_text("utf-8"))


def test_the_test_set_has_sixty_queries():
    assert len(QUERIES) == 60


def test_fifty_seven_of_sixty_queries_have_the_right_page_in_the_top_three():
    missed = {}
    for query, right in QUERIES.items():
        top = [found.url for found in search(query).found[:3]]
        if right not in top:
            missed[query] = top

    assert len(missed) <= 3, missed
