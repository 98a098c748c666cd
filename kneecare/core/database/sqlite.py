"""How SQLite keeps its journal: WAL is faster with several writers, but not every version can be trusted with it."""

import sqlite3

from django.db import connection

Version = tuple[int, ...]

# SQLite 3.7.0 to 3.51.2 can corrupt a database in WAL mode. Fixed in these, and in all from LAST on.
FIXED = [((3, 44, 6), (3, 45)), ((3, 50, 7), (3, 51))]
LAST = (3, 51, 3)


def wal_is_safe(version: Version = sqlite3.sqlite_version_info) -> bool:
    fixed = any(first <= version < end for first, end in FIXED)
    return fixed or version >= LAST


def journal_mode(version: Version = sqlite3.sqlite_version_info) -> str:
    return "WAL" if wal_is_safe(version) else "DELETE"


def truncate_journal() -> None:
    """What was deleted stands in the journal of WAL mode until that is written back."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def init_command(version: Version = sqlite3.sqlite_version_info) -> str:
    """What every connection sets. ``secure_delete`` writes zeros over what is deleted."""
    pragmas = {
        "journal_mode": journal_mode(version),
        "synchronous": "FULL",
        "secure_delete": "ON",
    }
    return " ".join(f"PRAGMA {name}={value};" for name, value in pragmas.items())
