"""Figures of the site's speed: what `make bench` does.

Pages are measured in one process, in turn, as CPU time beside that of a bare view which returns 20 kB under the same
middleware. Searches are measured over made-up pages, the same at every run, and the front desk's queue over 100,000
made-up requests: on SQLite, and on PostgreSQL if it answers.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parent.parent
POSTGRES = os.environ.get(
    "TEST_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres"
)
NAME = f"kneecare_bench_{os.getpid()}"


def main():
    with tempfile.TemporaryDirectory() as folder:
        measure(folder, "bench_pages.py", "pages", "searches")
    with tempfile.TemporaryDirectory() as folder:
        measure(folder, "bench_queue.py")
    try:
        server = psycopg.connect(POSTGRES, connect_timeout=3, autocommit=True)
    except psycopg.OperationalError:
        sys.exit("SKIPPED: PostgreSQL does not answer, so nothing is measured on it.")
    measure_on(server, "bench_pages.py", "searches")
    measure_on(server, "bench_queue.py")


def measure_on(server, *command):
    """Measure on a new database of ``server``."""
    server.execute(f"CREATE DATABASE {NAME}")
    try:
        with tempfile.TemporaryDirectory() as folder:
            url = f"{POSTGRES.rpartition('/')[0]}/{NAME}"
            measure(folder, *command, DATABASE_URL=url)
    finally:
        server.execute(f"DROP DATABASE {NAME} WITH (FORCE)")


def measure(folder, script, *what, **environment):
    """Measure in a process of its own, on a new site in ``folder``."""
    site = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "PYTHONHASHSEED": "0",
        "DJANGO_SETTINGS_MODULE": "kneecare.settings",
        "SECRET_KEY": "for-figures-only",
        "SITE_URL": "http://testserver",
        "KNEECARE_DATA": folder,
        "KNEECARE_ADMIN_PASSWORD": "not-used-by-anybody",
    }
    command = [sys.executable, ROOT / "bin" / script, *what]
    subprocess.run(command, cwd=ROOT, env=site | environment, check=True)


if __name__ == "__main__":
    main()
