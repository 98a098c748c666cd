"""A page costs the same with ten times ten times the content: statements, bytes, and what is read of other pages."""

import re

import pytest
from django.db import connection

from articles.models import ExerciseBlock
from kneecare.publishing.publish import publish
from kneecare.site.sitemaps import SiteSitemap
from tests.factories import make_draft, make_exercise, make_routine, make_topic
from tests.growth.filling import FEW, MANY, multiply

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clinic")]
WHOLE_TEXT = re.compile(r'"articles_articleversion"\."(data|source)"')


def visit(client, url):
    """The answer, with the statements that it took."""
    asked = []

    def note(execute, sql, *rest):
        asked.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        response = client.get(url)
    assert response.status_code == 200
    return response, asked


def assert_the_same_with_many(client, url, page):
    """``url``, beside a few pages like ``page`` and beside many; the statements of the second visit."""
    multiply(page, FEW * 3)  # more than fit on a page of any list
    few, asked = visit(client, url)
    multiply(page, MANY)
    many, asked_again = visit(client, url)

    assert len(asked_again) == len(asked)
    assert len(many.content) < 1.2 * len(few.content)
    return asked_again


@pytest.fixture
def exercise():
    return make_exercise()


@pytest.fixture
def article(exercise):
    """One about a topic, with an exercise in it."""
    draft = make_draft(topics=[make_topic(place="front")])
    ExerciseBlock.objects.create(parent=draft, region="main", ordering=20, exercise=exercise)  # fmt: skip
    publish(draft, by=None)
    return draft


def test_an_exercise_names_the_newest_of_many_articles_without_their_text(
    client, exercise, article
):
    asked = assert_the_same_with_many(client, exercise.get_absolute_url(), article)

    assert not any(WHOLE_TEXT.search(sql) for sql in asked)


def test_the_finder_names_two_of_many_articles_without_their_text(client, article):
    asked = assert_the_same_with_many(client, "/where-does-it-hurt/", article)

    assert not any(WHOLE_TEXT.search(sql) for sql in asked)


def test_the_list_of_routines_is_a_page_of_many(client, exercise):
    assert_the_same_with_many(client, "/routines/", make_routine(exercise))

    last = client.get("/routines/?page=86").text
    assert last.count('class="card') < client.get("/routines/").text.count('class="card')  # fmt: skip


def test_the_library_is_a_page_of_many(client, exercise):
    assert_the_same_with_many(client, "/exercises/", exercise)


STEPS = 100  # of the machine that SQLite's statements are run by


def work(client, url):
    """How much the database does for a page: it can cost any amount with as many statements."""
    done = []
    database = connection.connection
    database.set_progress_handler(lambda: done.append(STEPS), STEPS)
    try:
        assert client.get(url).status_code == 200
    finally:
        database.set_progress_handler(None, STEPS)
    return sum(done)


@pytest.mark.same_on_any_database("PostgreSQL tells no such figure")
@pytest.mark.parametrize("url", ["/feeds/articles/", "/"])
def test_what_is_shown_of_the_newest_articles_is_not_worked_out_for_all(
    client, article, url
):
    multiply(article, FEW * 3)
    client.get(url)
    few = work(client, url)
    multiply(article, MANY)

    assert work(client, url) < 3 * few


@pytest.mark.parametrize("kind", ["articles", "exercises", "routines"])
def test_a_part_of_the_sitemap_reads_no_text_of_pages_without_pictures(
    client, exercise, article, kind, monkeypatch
):
    monkeypatch.setattr(SiteSitemap, "limit", FEW)
    page = {"articles": article, "exercises": exercise, "routines": make_routine(exercise)}[kind]  # fmt: skip

    asked = assert_the_same_with_many(client, f"/sitemap-{kind}.xml", page)

    # Of versions with pictures alone, and here is none.
    assert all("_pictures" in sql for sql in asked if 'version"."data"' in sql)


def test_the_index_of_the_sitemap_reads_no_rows(client, article):
    multiply(article, FEW)
    few, asked = visit(client, "/sitemap.xml")
    multiply(article, MANY)
    many, asked_again = visit(client, "/sitemap.xml")

    assert len(asked_again) == len(asked)
    assert many.text.count("<sitemap>") == few.text.count("<sitemap>") + 1
    assert not any('version"."data"' in sql for sql in asked_again)
