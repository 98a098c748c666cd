"""What `make run` does to a data folder before it serves."""

import sqlite3

import pytest
from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from kneecare.site.management.commands.prepare import (
    OF_BEFORE,
    refuse_database_of_before,
)
from tests.site.test_project import django

pytestmark = pytest.mark.same_on_any_database("a database of its own")

OF_EVERY_MIGRATION = """
CREATE TABLE django_migrations (
    id integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    app varchar(255) NOT NULL, name varchar(255) NOT NULL, applied datetime NOT NULL
)
"""


OF_BEFORE_THE_GROUPS = [("articles", "0001_initial"), ("articles", "0002_blocks")]
OF_JUST_BEFORE = [("articles", "0001_initial"), ("kneecare", "0001_staff_groups")]


@pytest.fixture(params=[OF_BEFORE_THE_GROUPS, OF_JUST_BEFORE], ids=["older", "newer"])
def made_before(request, tmp_path):
    """A data folder as versions from before the migrations were begun anew left it."""
    database = sqlite3.connect(tmp_path / "db.sqlite3")
    with database:
        database.execute(OF_EVERY_MIGRATION)
        database.executemany(
            "INSERT INTO django_migrations (app, name, applied) VALUES (?, ?, '2026-11-01')",
            request.param,
        )
        database.execute("CREATE TABLE articles_article (title text)")
        database.execute("INSERT INTO articles_article VALUES ('Written long ago')")
    database.close()
    return tmp_path


def contents(folder):
    database = sqlite3.connect(folder / "db.sqlite3")
    rows = "\n".join(database.iterdump())
    database.close()
    return rows


def test_a_database_of_before_is_refused_with_one_clear_line_and_left_as_it_is(
    made_before,
):
    before = contents(made_before)

    result = django("prepare", SECRET_KEY="x" * 50, KNEECARE_DATA=str(made_before))

    assert result.returncode != 0
    assert result.stderr.splitlines()[-1] == f"CommandError: {OF_BEFORE}"
    assert "Traceback" not in result.stderr
    assert result.stdout == ""
    assert contents(made_before) == before
    assert not (made_before / "static").exists()


@pytest.mark.django_db
def test_a_database_of_a_newer_version_is_not_refused_so_that_one_can_step_back():
    MigrationRecorder(connection).record_applied("articles", "0099_later")

    refuse_database_of_before()


@pytest.mark.django_db
def test_a_database_that_lacks_our_newest_migration_is_brought_up_to_date():
    MigrationRecorder(connection).record_unapplied("articles", "0001_initial")

    refuse_database_of_before()


@pytest.mark.django_db
def test_a_database_whose_tables_are_from_before_is_refused_though_it_knows_our_migrations():
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE bookings_bookingnote DROP COLUMN by_name")

    with pytest.raises(CommandError, match="before its first release"):
        refuse_database_of_before()
