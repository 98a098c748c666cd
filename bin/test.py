"""The checks of KneeCare: all of them, `fast` without what takes long, or `nightly` with the longest runs as well.

PostgreSQL and Redis tests run when the servers answer. With REFUSE_SKIPS=1, as .ci/run sets it, a missing
server or browser is a failure. The last line says how many tests and checks passed and how many failed.
"""

import calendar
import os
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path

import psycopg
import redis
from chromium import NAMES
from steps import REDIS, ROOT, UNIT, Step, run

BIN = Path(sys.executable).parent
POSTGRES = os.environ.get(
    "TEST_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/postgres"
)
PRODUCTION = {
    "SECRET_KEY": "a-long-random-text-that-only-this-check-uses-0123456789",
    "SITE_URL": "https://clinic.example",
    "KNEECARE_DATA": tempfile.mkdtemp(prefix="kneecare-check-"),
}
MANAGE = [sys.executable, "manage.py"]
COLOUR = "yes" if sys.stdout.isatty() else "no"
PYTEST = [sys.executable, "-m", "pytest", "-q", f"--color={COLOUR}"]
TOOLS = ROOT / "tests" / "quality"
SIDE_BY_SIDE = [*PYTEST, "-n"]
# The folders spare these the reading of all other tests.
FAULTS = ["tests/faults", "tests/deploy", "-m", "faults"]
PAGES = ["tests/quality", "tests/browser"]  # the longest first
REAL_SITE = ["tests/site", "tests/cases", "-m", "real_site"]


def main(size):
    began = time.monotonic()
    stages = fast_stages() if size == "fast" else all_stages(size == "nightly")
    steps = [step for stage in stages for step in run(stage)]
    print("\n== Seconds", flush=True)
    for step in steps:
        print(f"{step.seconds:6.0f}  {step.name}{'' if step.is_well else '  FAILED'}")
    passed, failed = [sum(step.counts[n] for step in steps) for n in range(2)]
    print(f"{time.monotonic() - began:6.0f}  all")
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


def fast_stages():
    """One database, no browser, no process of the real site, no types, and no walk of every page: each needs a minute or more."""
    tests = [*SIDE_BY_SIDE, "auto", "-m", f"{UNIT} and not slow"]
    return [
        [*static_checks(), *script_checks(tools_are_installed), Step("tests", tests)]
    ]


def all_stages(is_nightly):
    longer = {"KNEECARE_NIGHTLY": "1"} if is_nightly else {}
    # From scratch: with an older cache the Django plugin finds a fault that is not there.
    types = [BIN / "mypy", "--cache-dir=/dev/null"]
    first = [*static_checks(), *script_checks(tools_are_there), Step("types", types)]
    # On another day than the second database, so that no test holds for a while only.
    shifted = {"KNEECARE_CLOCK": f"{next_leap_day()}T12:00+00:00"}
    tests = Step("tests on a 29 February", [*SIDE_BY_SIDE, "auto", "-m", UNIT], shifted)
    stages = [[*first, tests]]
    faults = [
        Step("faults", [*PYTEST, *FAULTS, "-k", "not postgresql"], longer),
        Step("real site", [*PYTEST, *REAL_SITE]),
    ]
    if wanted("PostgreSQL", postgres_answers):
        differs = [*SIDE_BY_SIDE, "auto", "-m", f"{UNIT} and not same_on_any_database"]
        other = {"DATABASE_URL": POSTGRES}
        stages.append([Step("tests on PostgreSQL", differs, other)])
        also = [*PYTEST, *FAULTS, "-k", "postgresql"]
        faults.append(Step("faults on PostgreSQL", also, longer))
    wanted("Redis", redis_answers)
    wanted("nginx, Caddy or systemd", what_stands_around_is_there)
    # Real processes, which wait more than they work: all at the same time.
    return [*stages, faults, *page_stages(longer)]


def next_leap_day():
    """Where dates break first, and a year or more away."""
    year = datetime.now(UTC).year + 1
    while not calendar.isleap(year):
        year += 1
    return date(year, 2, 29)


def page_stages(longer):
    """Browsers wait for pages, and pages for browsers: one worker more than cores."""
    marks = []
    if wanted("Chromium", chromium_is_there):
        marks.append("browser")
    if wanted("Node", tools_are_there):
        marks.append("quality")
    workers = str((os.cpu_count() or 1) + 1)
    pages = Step(
        "pages", [*SIDE_BY_SIDE, workers, *PAGES, "-m", " or ".join(marks)], longer
    )
    return [[pages]] if marks else []


def static_checks():
    templates = sorted(str(path) for path in (ROOT / "templates").rglob("*.html"))
    return [
        Step("lint", [BIN / "ruff", "check"]),
        Step("format", [BIN / "ruff", "format", "--check", "--quiet"]),
        Step("templates", [BIN / "djade", "--check", "--target-version", "5.2", *templates]),
        Step("imports", [BIN / "lint-imports", "--no-logo"]),
        Step("deployment", [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"], PRODUCTION),
        Step("migrations", [*MANAGE, "makemigrations", "--check", "--dry-run"], PRODUCTION),
    ]  # fmt: skip


def script_checks(is_there):
    """What Node says of the scripts: their linter lies among the tools of the pages, their tests need none."""
    tests = sorted((ROOT / "tests" / "javascript").glob("*.test.js"))
    unit = Step("scripts tests", ["node", "--test", "--test-reporter=spec", *tests])
    if not wanted("Node", lambda: shutil.which("node")):
        return []
    if not wanted("ESLint", is_there):
        return [unit]
    eslint = [
        TOOLS / "node_modules/.bin/eslint",
        "--config",
        TOOLS / "eslint.config.mjs",
    ]
    where = [
        "static/js",
        "templates/service-worker.js",
        "tests/javascript",
        "tests/quality/eslint.config.mjs",
    ]
    return [Step("scripts lint", [*eslint, *where]), unit]


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
    """Chromium, better its shell without a window."""
    return is_installed(NAMES, NAMES[0])


def what_stands_around_is_there():
    """The programs for which deploy/ ships files, and what makes a certificate for one of them."""
    programs = {
        "nginx": "nginx",
        "caddy": "caddy",
        "systemd-analyze": "systemd",
        "openssl": "openssl",
        "unshare": "util-linux",
        "setpriv": "util-linux",
        "ip": "iproute2",
        "curl": "curl",
    }
    found = [is_installed([name], package) for name, package in programs.items()]
    return all(found)


def is_installed(programs, package):
    """Whether one of ``programs`` is there; the package of Debian is installed where it is missing and this may install."""
    may_install = shutil.which("apt-get") and os.geteuid() == 0
    if may_install and not any(map(shutil.which, programs)):
        print(f"Installing {package} ...", flush=True)
        install = ["install", "-y", "--no-install-recommends", package]
        for command in [["update"], install]:
            subprocess.run(["apt-get", "-qq", *command], stdout=subprocess.DEVNULL)
    return any(map(shutil.which, programs))


def tools_are_there():
    """What tests/quality/package.json names: the linter of scripts, and what judges pages; installed when missing."""
    if tools_are_installed():
        return True
    if not shutil.which("npm"):
        return False
    print("Installing the tools of tests/quality ...", flush=True)
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    return subprocess.run(["npm", "ci", *quiet], cwd=TOOLS).returncode == 0


def tools_are_installed():
    locked = TOOLS / "package-lock.json"
    installed = TOOLS / "node_modules" / ".package-lock.json"
    return installed.exists() and installed.stat().st_mtime >= locked.stat().st_mtime


if __name__ == "__main__":
    main(*sys.argv[1:] or ["all"])
