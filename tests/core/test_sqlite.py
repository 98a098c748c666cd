import sqlite3
from contextlib import closing
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import connection

from kneecare.core.database import checks, sqlite


@pytest.mark.parametrize(
    ("version", "is_safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 44, 9), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 0), False),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 52, 0), True),
        ((4, 0, 0), True),
    ],
)
def test_wal_is_chosen_only_where_its_fault_is_fixed(version, is_safe):
    assert sqlite.wal_is_safe(version) is is_safe
    assert sqlite.journal_mode(version) == ("WAL" if is_safe else "DELETE")


@pytest.mark.django_db
def test_the_connection_has_the_journal_that_was_chosen():
    if connection.vendor != "sqlite":
        assert checks.sqlite_journal(None) == []
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        assert cursor.fetchone()[0].upper() == sqlite.journal_mode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("setting", "value"), [("secure_delete", 1), ("synchronous", 2)]
)
def test_the_connection_overwrites_what_is_deleted_and_waits_for_the_disk(
    setting, value
):
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {setting}")
        assert cursor.fetchone() == (value,)


def test_words_that_are_deleted_leave_the_file(tmp_path):
    path = tmp_path / "db.sqlite3"
    with closing(sqlite3.connect(path)) as opened:
        # The library of some systems overwrites by itself.
        opened.execute("PRAGMA secure_delete = OFF")
        opened.executescript(sqlite.init_command())
        opened.executescript(
            "CREATE TABLE words (word); INSERT INTO words VALUES ('canary');"
        )
        assert b"canary" in stored(path)
        opened.executescript("DELETE FROM words; PRAGMA wal_checkpoint(TRUNCATE);")

    assert b"canary" not in stored(path)


def stored(path):
    """All bytes of the database as it lies on the disk, with its journal."""
    return b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))


@pytest.mark.parametrize(
    ("mode", "words"), [("WAL", "is used"), ("DELETE", "rollback")]
)
def test_the_system_check_says_which_and_fails_nothing(monkeypatch, mode, words):
    monkeypatch.setattr(checks, "journal_mode", lambda: mode)
    monkeypatch.setattr(checks, "connection", SimpleNamespace(vendor="sqlite"))

    (message,) = checks.sqlite_journal(None)

    assert words in message.msg
    assert message.id == "kneecare.I001"
    call_command("check", fail_level="WARNING")
