"""The whole database in one file, by the means of the database itself, while others write; and back."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from django.core.management.base import CommandError
from django.db import connection, connections


def dump(path):
    if connection.vendor == "sqlite":
        _copy(connection.settings_dict["NAME"], path)
    else:
        _run("pg_dump", "--format=custom", "--no-owner", "--no-acl", f"--file={path}")


def load(path):
    """Into a database without tables, see ``is_empty``."""
    if connection.vendor == "sqlite":
        connections.close_all()
        _copy(path, connection.settings_dict["NAME"])
    else:
        _run("pg_restore", "--no-owner", "--no-acl", "--exit-on-error", "--single-transaction", f"--dbname={connection.settings_dict['NAME']}", str(path))  # fmt: skip


def is_empty():
    return connection.introspection.table_names() == []


def _copy(source, target):
    """By SQLite's backup API, in one step: in several, a writer in between would have it begin again and again."""
    with (
        closing(sqlite3.connect(source, timeout=60)) as old,
        closing(sqlite3.connect(target, timeout=60)) as new,
    ):
        old.backup(new, pages=-1)
        [verdict] = new.execute("PRAGMA integrity_check").fetchone()
    Path(target).chmod(0o600)
    if verdict != "ok":
        raise CommandError("The copy of the database is damaged.")


def _run(program, *arguments):
    if not shutil.which(program):
        raise CommandError(f"{program} is not there: install PostgreSQL's client.")
    command = [program, *arguments]
    result = subprocess.run(command, env=os.environ | _environment(), capture_output=True, text=True)  # noqa: S603  # fmt: skip
    if result.returncode:
        # Its own words name no row: what it could not do, and to which table.
        raise CommandError(f"{program} failed: {result.stderr.strip().splitlines()[-1]}")  # fmt: skip


def _environment():
    """Where the database is, in the words of its own programs; no password stands in a list of processes."""
    of, options = connection.settings_dict, connection.settings_dict["OPTIONS"]
    named = {
        "PGHOST": of["HOST"],
        "PGPORT": of["PORT"],
        "PGUSER": of["USER"],
        "PGPASSWORD": of["PASSWORD"],
        "PGDATABASE": of["NAME"],
        "PGSSLMODE": options.get("sslmode"),
        "PGSSLROOTCERT": options.get("sslrootcert"),
        "PGSSLCERT": options.get("sslcert"),
        "PGSSLKEY": options.get("sslkey"),
    }
    return {name: str(value) for name, value in named.items() if value}
