"""A prepared database of the real site, copied for each site that a test starts."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from copy import copy

import psycopg
from django.conf import settings

from tests.serving import ROOT

POSTGRES = os.environ.get(
    "TEST_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres"
)
# Five calls a day, every day and far ahead, so that there are times for every test: 1,200.
CALENDAR = [
    "DELETE FROM bookings_weeklyhours WHERE weekday > 0",
    "UPDATE bookings_weeklyhours SET starts = '09:00:00', ends = '14:00:00'",
    *[
        "INSERT INTO bookings_weeklyhours (clinician_id, weekday, starts, ends, note) "
        f"SELECT clinician_id, {weekday}, starts, ends, '' FROM bookings_weeklyhours WHERE weekday = 0"
        for weekday in range(1, 7)
    ],
    "UPDATE bookings_callsettings SET length_minutes = 60, horizon_days = 240, notify_email = 'desk@example.com'",
]


def manage(environment, *arguments):
    """Run a command of the real site to its end."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=300,
    ).stdout


class Database:
    """What the tests ask of a database without Django: rows, and changes that no page can make."""

    def __init__(self, folder, static):
        self.folder = folder
        (folder / "static").symlink_to(static)  # collected once for all
        manage(self.environment(), "prepare")
        for statement in CALENDAR:
            self.execute(statement)
        manage(self.environment(), "worker", "--once")

    def environment(self):
        return {
            "PATH": os.environ["PATH"],
            "KNEECARE_DATA": str(self.folder),
            "SECRET_KEY": settings.SECRET_KEY,
            "KNEECARE_ADMIN_PASSWORD": "a-password-for-tests",
        }

    def connect(self):
        raise NotImplementedError

    def rows(self, query):
        with closing(self.connect()) as connection:
            return connection.execute(query).fetchall()

    def column(self, query):
        return [value for (value,) in self.rows(query)]

    def value(self, query):
        [value] = self.column(query)
        return value

    def execute(self, statement):
        with closing(self.connect()) as connection:
            return connection.execute(statement).rowcount

    def free_slots(self, count):
        """The keys of the next times that nobody has asked for, and that are offered."""
        found = self.column(
            "SELECT id FROM bookings_slot WHERE state = 'open' AND starts_at > "
            f"{self.TWO_DAYS_AHEAD} AND id NOT IN (SELECT slot_id FROM bookings_booking "
            f"WHERE slot_id IS NOT NULL) ORDER BY starts_at LIMIT {count}"
        )
        assert len(found) == count
        return found


class SQLite(Database):
    TWO_DAYS_AHEAD = "datetime('now', '+2 days')"

    @property
    def path(self):
        return self.folder / "db.sqlite3"

    def connect(self):
        connection = sqlite3.connect(self.path, timeout=20, isolation_level=None)
        connection.execute("PRAGMA secure_delete = ON")
        return connection

    def copy_to(self, folder):
        """The same site with its data in another folder."""
        other = copy(self)
        other.folder = folder
        (folder / "static").symlink_to((self.folder / "static").resolve())
        with closing(self.connect()) as old, closing(other.connect()) as new:
            old.backup(new)
        return other

    def settle(self):
        """SQLite needs none of this."""

    def refuse_rows_of(self, email):
        """Have the database fail in the middle of a booking."""
        self.execute(
            f"CREATE TRIGGER refuse BEFORE INSERT ON bookings_booking WHEN NEW.email = '{email}' "
            "BEGIN SELECT RAISE(ABORT, 'refused by a test'); END"
        )

    def refuse_nothing(self):
        self.execute("DROP TRIGGER refuse")

    def everything(self):
        """All bytes of the database as it lies on the disk."""
        files = sorted(self.folder.glob("db.sqlite3*"))
        return b"".join(file.read_bytes() for file in files)

    def drop(self):
        shutil.rmtree(self.folder)


class Postgres(Database):
    TWO_DAYS_AHEAD = "now() + interval '2 days'"

    def __init__(self, folder, *arguments):
        self.name = f"kneecare_faults_{os.getpid()}"
        self.url = POSTGRES.rpartition("/")[0] + f"/{self.name}"
        self._of_server(f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")
        self._of_server(f"CREATE DATABASE {self.name}")
        super().__init__(folder, *arguments)

    def environment(self):
        return {**super().environment(), "DATABASE_URL": self.url}

    def connect(self):
        return psycopg.connect(self.url, autocommit=True, connect_timeout=5)

    def settle(self):
        """Count the rows, as the server does by itself from minute to minute: before, it guesses, and is slow."""
        self.execute("ANALYZE")

    def go_away(self):
        """As a server that is restarted: who is connected is cut off, and nobody is let in."""
        self._of_server(f"ALTER DATABASE {self.name} ALLOW_CONNECTIONS false")
        self._of_server(
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{self.name}'"
        )

    def come_back(self):
        self._of_server(f"ALTER DATABASE {self.name} ALLOW_CONNECTIONS true")

    def refuse_rows_of(self, email):
        """Have the database fail in the middle of a booking, with an error that quotes the whole row."""
        self.execute(
            f"ALTER TABLE bookings_booking ADD CONSTRAINT refuse CHECK (email <> '{email}')"
        )

    def refuse_nothing(self):
        self.execute("ALTER TABLE bookings_booking DROP CONSTRAINT refuse")

    def everything(self):
        """All rows of all tables. What the server's files still hold until it cleans up is the server's."""
        tables = self.column(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        )
        rows = [
            row
            for table in tables
            for row in self.rows(f'SELECT t::text FROM "{table}" t')
        ]
        return str(rows).encode()

    def drop(self):
        self._of_server(f"DROP DATABASE {self.name} WITH (FORCE)")
        shutil.rmtree(self.folder)

    @staticmethod
    def _of_server(statement):
        with closing(psycopg.connect(POSTGRES, autocommit=True)) as connection:
            connection.execute(statement)


def postgres_answers():
    try:
        psycopg.connect(POSTGRES, connect_timeout=3).close()
    except psycopg.OperationalError:
        return False
    return True
