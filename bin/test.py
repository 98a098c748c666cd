"""Every check of KneeCare, in the order in which they tell most: what `make test` does.

PostgreSQL and Redis tests run when the servers answer. With REFUSE_SKIPS=1, as .ci/run sets it, a missing
server or browser is a failure.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
import redis

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
POSTGRES = os.environ.get(
    "TEST_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres"
)
REDIS = os.environ.get("TEST_CACHE_URL", "redis://127.0.0.1:6379/15")
# What is drawn, cleaned, worded or linked, and what chooses its database itself: once is enough.
SAME_ON_ANY_DATABASE = [
    "tests/articles/test_hostile_text.py",
    "tests/media/test_fields.py",
    "tests/core/test_pasting.py",
    "tests/core/test_richtext.py",
    "tests/exercises/test_figure.py",
    "tests/exercises/test_figure_still.py",
    "tests/exercises/test_player_script.py",
    "tests/site/test_design.py",
    "tests/site/test_every_page.py",
    "tests/site/test_knee.py",
    "tests/site/test_look.py",
    "tests/site/test_styleguide.py",
    "tests/site/test_reading_grade.py",
    "tests/site/test_serving.py",
]
PRODUCTION = {
    "SECRET_KEY": "a-long-random-text-that-only-this-check-uses-0123456789",
    "SITE_URL": "https://clinic.example",
    "KNEECARE_DATA": tempfile.mkdtemp(prefix="kneecare-check-"),
}


def main():
    templates = sorted(str(path) for path in (ROOT / "templates").rglob("*.html"))
    manage = [sys.executable, "manage.py"]
    pytest = [sys.executable, "-m", "pytest", "-q"]
    # On every core, each taking tests in their order: those that empty the database come last.
    side_by_side = [*pytest, "-n", "auto", "--dist", "load"]
    checks = {
        "lint": [BIN / "ruff", "check"],
        "format": [BIN / "ruff", "format", "--check", "--quiet"],
        "templates": [BIN / "djade", "--check", "--target-version", "5.2", *templates],
        # From scratch: with an older cache the Django plugin finds a fault that is not there.
        "types": [BIN / "mypy", "--cache-dir=/dev/null"],
        "imports": [BIN / "lint-imports", "--no-logo"],
        "deployment": [*manage, "check", "--deploy", "--fail-level", "WARNING"],
        "migrations": [*manage, "makemigrations", "--check", "--dry-run"],
        "tests": side_by_side,
    }
    if wanted("PostgreSQL", postgres_answers):
        elsewhere = [f"--ignore={path}" for path in SAME_ON_ANY_DATABASE]
        checks["tests on PostgreSQL"] = [*side_by_side, *elsewhere]
    # Real processes, which wait more than they work: on both databases at the same time.
    faults = {"faults": [*pytest, "-m", "faults", "-k", "sqlite"]}
    if "tests on PostgreSQL" in checks:
        faults["faults on PostgreSQL"] = [*pytest, "-m", "faults", "-k", "postgresql"]
    wanted("Redis", redis_answers)
    pages = {}
    if wanted("Chromium", chromium_is_there):
        pages["browser tests"] = [*side_by_side, "-m", "browser"]
    if wanted("Node", tools_are_there):
        pages["quality of the pages"] = [*pytest, "-m", "quality"]
    steps = [*one_by_one(checks), faults, *one_by_one(pages)]
    failed = [name for step in steps for name in failures(step)]
    sys.exit(f"FAILED: {', '.join(failed)}" if failed else 0)


def one_by_one(checks):
    return [{name: command} for name, command in checks.items()]


def failures(step):
    """Run the checks of ``step`` at the same time, and return the names of those that failed."""
    print(f"\n== {' and '.join(step)}", flush=True)
    return [
        name
        for name, process in [(name, start(name, step)) for name in step]
        if not ended_well(process)
    ]


def start(name, step):
    # Tests side by side must find the same tests in the same order, also those made from sets.
    environment = {**os.environ, "TEST_CACHE_URL": REDIS, "PYTHONHASHSEED": "0"}
    if name in ["deployment", "migrations"]:
        environment |= PRODUCTION
    if name == "tests on PostgreSQL":
        environment["DATABASE_URL"] = POSTGRES
    # What several say at the same time is told one after the other.
    output = subprocess.PIPE if len(step) > 1 else None
    return subprocess.Popen(
        step[name], cwd=ROOT, env=environment, stdout=output, stderr=output
    )


def ended_well(process):
    for told in filter(None, process.communicate()):
        print(told.decode(errors="replace"), flush=True)
    return process.returncode == 0


def wanted(name, is_there):
    """Whether to run what needs ``name``; ends everything when it is away and must not be."""
    if is_there():
        return True
    if os.environ.get("REFUSE_SKIPS"):
        sys.exit(f"{name} is not there, and its tests may not be skipped.")
    print(f"SKIPPED: {name} is not there, so its tests do not run.", flush=True)
    return False


def postgres_answers():
    try:
        psycopg.connect(POSTGRES, connect_timeout=3).close()
    except psycopg.OperationalError:
        return False
    return True


def redis_answers():
    try:
        redis.Redis.from_url(REDIS, socket_connect_timeout=3).ping()
    except redis.RedisError:
        return False
    return True


def chromium_is_there():
    if not shutil.which("chromium") and shutil.which("apt-get") and os.geteuid() == 0:
        print("Installing Chromium ...", flush=True)
        for command in [
            ["update"],
            ["install", "-y", "--no-install-recommends", "chromium"],
        ]:
            subprocess.run(["apt-get", "-qq", *command], stdout=subprocess.DEVNULL)
    return bool(shutil.which("chromium"))


def tools_are_there():
    """Lighthouse and the Nu checker, for the one folder of tests that uses them; installed when they are not."""
    if not shutil.which("npm"):
        return False
    folder = ROOT / "tests" / "quality"
    locked, installed = (
        folder / "package-lock.json",
        folder / "node_modules" / ".package-lock.json",
    )
    if not installed.exists() or installed.stat().st_mtime < locked.stat().st_mtime:
        print("Installing Lighthouse and the Nu checker ...", flush=True)
        command = [
            "npm",
            "ci",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--loglevel=error",
        ]
        return subprocess.run(command, cwd=folder).returncode == 0
    return True


if __name__ == "__main__":
    main()
