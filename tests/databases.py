"""The tests' database: migrated once and kept, then copied for each run, and again after each test that commits.

SQLite's copy lies in pytest's cache, PostgreSQL's beside the other databases of the server. Its name holds a hash of all
that migrations read, so that a change of these makes it anew.
"""

import fcntl
import hashlib
import os
import re
import sqlite3
from contextlib import closing, contextmanager
from importlib.util import find_spec
from io import StringIO
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.test import override_settings

from kneecare.core.first_content import OWN, PACKS
from tests.serving import ROOT

IMPORTED = re.compile(
    r"^\s*(?:from|import) ((?:kneecare|articles|exercises|bookings)[\w.]*)",
    re.MULTILINE,
)


def key_of_the_migrations():
    """A hash of all migrations, Django's too, and of our modules that they import; and of the triggers that are made after them."""
    migrations = [
        path
        for app in apps.get_app_configs()
        for path in Path(app.path).glob("migrations/*.py")
    ]
    texts = [path.read_text() for path in sorted(migrations)]
    imported = {name for text in texts for name in IMPORTED.findall(text)}
    imported |= {"kneecare.stored.triggers", "kneecare.stored.never_shown"}
    texts += [Path(find_spec(name).origin).read_text() for name in sorted(imported)]
    return hashlib.sha256("\0".join([django.__version__, *texts]).encode()).hexdigest()[
        :12
    ]


class Database:
    """``restore`` brings back what the database held when it was set up, or the first content of a site.

    That is the clinic's own with ``FIRST_CONTENT``, and all starter packs besides with ``LIBRARY``.
    """

    EMPTY, FIRST_CONTENT, LIBRARY = "empty", "first_content", "library"
    PACKS = {FIRST_CONTENT: [OWN], LIBRARY: PACKS}

    def __init__(self, cache):
        self.cache = cache
        self.kept = {}
        self.held = self.EMPTY

    def set_up(self):
        with self._alone():
            self.kept[self.EMPTY] = self._migrated(key_of_the_migrations())
        self.restore()

    def restore(self, content=None):
        """What a test committed is undone; with ``content``, that is what later calls bring back as well."""
        self.held = content or self.held
        if self.held not in self.kept:
            self._copy_from(self.kept[self.EMPTY])
            with override_settings(STARTER_PACKS=self.PACKS[self.held]):
                call_command("first_content", stdout=StringIO())
            self.kept[self.held] = self._keep(self.held)
        self._copy_from(self.kept[self.held])

    @contextmanager
    def with_first_content(self, content=FIRST_CONTENT):
        self.restore(content)
        yield
        self.restore(self.EMPTY)

    @contextmanager
    def _alone(self):
        """Only one process at a time migrates; the others wait for it."""
        with (self.cache / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def use(name):
    """Have Django connect to the database ``name`` from now on, in all threads."""
    connections.close_all()
    connection.settings_dict["NAME"] = str(name)


class SQLite(Database):
    """A file and not memory: in memory, all threads would share one connection, and no race would be one."""

    def _migrated(self, key):
        kept = self.cache / f"{key}.sqlite3"
        use(settings.DATA_DIR / "test.sqlite3")
        if not kept.exists():
            for older in self.cache.glob("*.sqlite3"):
                older.unlink()
            call_command("migrate", verbosity=0)
            unfinished = kept.with_suffix(".unfinished")
            copy(connection.settings_dict["NAME"], unfinished)
            unfinished.rename(kept)
        return kept

    def _keep(self, name):
        kept = settings.DATA_DIR / f"{name}.sqlite3"
        copy(connection.settings_dict["NAME"], kept)
        return kept

    def _copy_from(self, kept):
        connections.close_all()
        copy(kept, connection.settings_dict["NAME"])

    def tear_down(self):
        connections.close_all()


def copy(source, target):
    """By SQLite itself, so that whoever has ``target`` open sees what it holds now."""
    with (
        closing(sqlite3.connect(source)) as old,
        closing(sqlite3.connect(target, timeout=20)) as new,
    ):
        new.execute("PRAGMA synchronous = OFF")  # it need not outlive the machine
        old.backup(new)


class PostgreSQL(Database):
    def _migrated(self, key):
        checkout = hashlib.sha256(str(ROOT).encode()).hexdigest()[:8]
        kept = f"kneecare_template_{checkout}_{key}"
        self.name = f"kneecare_test_{os.getpid()}"
        if not self._names(kept):
            for older in self._names(f"kneecare_template_{checkout}_%"):
                self._of_server(f"DROP DATABASE {older} WITH (FORCE)")
            unfinished = f"{kept}_unfinished"
            self._of_server(f"CREATE DATABASE {unfinished}")
            use(unfinished)
            call_command("migrate", verbosity=0)
            self._of_server(f"ALTER DATABASE {unfinished} RENAME TO {kept}")
        use(self.name)
        return kept

    def _keep(self, name):
        kept = f"{self.name}_{name}"
        self._replace(kept, self.name)
        return kept

    def _copy_from(self, kept):
        self._replace(self.name, kept)

    def tear_down(self):
        """All but what later runs copy."""
        del self.kept[self.EMPTY]
        for name in [self.name, *self.kept.values()]:
            self._of_server(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def _replace(self, name, kept):
        self._of_server(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        self._of_server(f"CREATE DATABASE {name} TEMPLATE {kept}")

    def _names(self, pattern):
        return self._of_server(
            f"SELECT datname FROM pg_database WHERE datname LIKE '{pattern}'"  # noqa: S608 - ours
        )

    @staticmethod
    def _of_server(statement):
        connections.close_all()
        with connection._nodb_cursor() as cursor:
            cursor.execute(statement)
            return [name for (name,) in cursor.fetchall()] if cursor.description else []
