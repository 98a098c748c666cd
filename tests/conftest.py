import os
from datetime import datetime
from pathlib import Path

import pytest
import redis
import time_machine
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client, SimpleTestCase, TransactionTestCase
from hypothesis import HealthCheck
from hypothesis import settings as examples
from xdist.scheduler import LoadScopeScheduling

from kneecare.core.jobs.heartbeat import say_alive
from tests.databases import PostgreSQL, SQLite
from tests.factories import make_call_settings, make_clinic

# A database of its own for each process of tests that run side by side.
WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
REDIS = os.environ.get("TEST_CACHE_URL", "redis://127.0.0.1:6379/15")
REDIS = f"{REDIS.rpartition('/')[0]}/{int(REDIS.rpartition('/')[2]) - WORKER % 8}"

# A machine that does other things as well is slow to think of examples, and they are good all the same.
examples.register_profile(
    "patient", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
examples.load_profile("patient")


# The moment at which the whole run begins, such as 2028-02-29T12:00+00:00, to find tests that hold only for a while.
# The clock runs on from there. A process that a test starts has the machine's own clock.
CLOCK = "KNEECARE_CLOCK"


def pytest_configure(config):
    if CLOCK in os.environ:
        travel = time_machine.travel(datetime.fromisoformat(os.environ[CLOCK]))
        travel.start()
        config.add_cleanup(travel.stop)
    for folder in [settings.STATIC_ROOT, settings.MEDIA_ROOT]:
        Path(folder).mkdir(parents=True, exist_ok=True)


def pytest_report_header():
    return f"Clock: {datetime.now().astimezone().isoformat(timespec='minutes')}"


# Where bin/test.py looks for the tests of a mark.
FOLDERS = {
    "browser": ("tests/browser/",),
    "quality": ("tests/quality/",),
    "faults": ("tests/faults/", "tests/deploy/"),
}


def pytest_collection_modifyitems(items):
    """What uses no database is the same on any; what uses one and says so has to say why."""
    for item in items:
        for name, folders in FOLDERS.items():
            path = item.path.as_posix()
            if item.get_closest_marker(name) and not any(f in path for f in folders):
                where = " or ".join(folders)
                raise pytest.UsageError(f"{item.nodeid}: {name} tests live in {where}")
        for mark in item.iter_markers("same_on_any_database"):
            if not (mark.args and str(mark.args[0]).strip()):
                raise pytest.UsageError(
                    f"{item.nodeid}: same_on_any_database needs a reason."
                )
        if not uses_the_database(item):
            item.add_marker(pytest.mark.same_on_any_database("it uses none"))


def uses_the_database(item):
    return (
        item.get_closest_marker("django_db")
        or {"db", "transactional_db", "database"} & set(item.fixturenames)
        or issubclass(item.cls or object, SimpleTestCase)
    )


class ByFile(LoadScopeScheduling):
    """Side by side, one process takes a file with all that its tests share; of the browser's tests, which take long, each its own."""

    def _split_scope(self, nodeid):
        is_long = nodeid.startswith(FOLDERS["browser"])
        return nodeid if is_long else nodeid.partition("::")[0]


def pytest_xdist_make_scheduler(config, log):
    return ByFile(config, log)


def pytest_sessionfinish(session, exitstatus):
    """A skipped test is a failure where nothing may be skipped."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("REFUSE_SKIPS") and reporter.stats.get("skipped"):
        session.exitstatus = 1
        reporter.write_line("A test was skipped, and none may be.", red=True)


@pytest.fixture
def redis_url():
    """The address of a Redis that answers."""
    try:
        redis.Redis.from_url(REDIS, socket_connect_timeout=3).ping()
    except redis.RedisError:
        pytest.skip("Redis does not answer")
    return REDIS


@pytest.fixture
def nobody_guessed():
    """Forget how often this sender asked for private pages that do not exist."""
    cache.clear()


@pytest.fixture
def worker_at_work(db):
    say_alive()


@pytest.fixture
def staff(django_user_model):
    """The first staff account, who may do everything."""
    return django_user_model.objects.create_superuser(
        "admin", password="a-password-for-tests"
    )


@pytest.fixture
def staff_client(client, staff):
    client.force_login(staff)
    return client


@pytest.fixture
def clinic():
    """A clinic that takes calls."""
    make_call_settings()
    return make_clinic()


@pytest.fixture(scope="session")
def database(pytestconfig, django_test_environment, django_db_blocker):
    """The database of this process of tests; see tests/databases.py."""
    kind = SQLite if connection.vendor == "sqlite" else PostgreSQL
    database = kind(pytestconfig.cache.mkdir("databases"))
    with django_db_blocker.unblock():
        database.set_up()
    yield database
    with django_db_blocker.unblock():
        database.tear_down()


@pytest.fixture(scope="session")
def django_db_setup(database):
    """Instead of pytest-django's, which migrates for every run and empties all tables after a test that commits."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            TransactionTestCase, "_fixture_teardown", lambda case: database.restore()
        )
        yield


@pytest.fixture(scope="module")
def first_content(django_db_setup, database, django_db_blocker):
    """The first content for all tests of a module, which each undo what they change of it."""
    with (
        django_db_blocker.unblock(),
        database.with_first_content(),
        django_db_blocker.block(),
    ):
        yield


@pytest.fixture(scope="module")
def library(django_db_setup, database, django_db_blocker):
    """The first content with all starter packs, for all tests of a module."""
    with (
        django_db_blocker.unblock(),
        database.with_first_content(database.LIBRARY),
        django_db_blocker.block(),
    ):
        yield


@pytest.fixture
def ada(django_user_model):
    return _editor(django_user_model, "Ada", "Byron")


@pytest.fixture
def bob(django_user_model):
    return _editor(django_user_model, "Bob", "Cole")


def _editor(users, first_name, last_name):
    names = {"first_name": first_name, "last_name": last_name}
    client = Client()
    client.force_login(users.objects.create_superuser(first_name.lower(), **names))
    return client
