"""The real site on each database: one for all of a database's tests, as a clinic has one for all that happens to it."""

import time

import pytest

from tests.faults.databases import Postgres, SQLite, postgres_answers
from tests.faults.post_office import PostOffice
from tests.faults.site import HELD, Site
from tests.faults.visitors import form, send_until_answered, visitor_address
from tests.serving import wait_until


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/faults/" in item.path.as_posix():
            item.add_marker(pytest.mark.faults)


@pytest.fixture(scope="session")
def static(tmp_path_factory):
    return tmp_path_factory.mktemp("static")


@pytest.fixture(
    scope="session", params=[SQLite, Postgres], ids=["sqlite", "postgresql"]
)
def database(request, static, tmp_path_factory):
    if request.param is Postgres and not postgres_answers():
        pytest.skip("PostgreSQL does not answer")
    database = request.param(tmp_path_factory.mktemp("site"), static)
    yield database
    database.drop()


@pytest.fixture(scope="session")
def running_site(database):
    post = PostOffice()
    post.open()
    site = Site(database, post)
    try:
        site.start()
        yield site
    finally:
        site.stop()
        post.close()


@pytest.fixture(scope="session")
def held_mail(running_site):
    """Have the mail server take a mail and say nothing, and the worker die meanwhile; the moment of it."""
    post = running_site.post
    [slot] = running_site.database.free_slots(1)
    post.fail("hold", of=HELD)
    send_until_answered(running_site.port, form(slot, HELD), visitor_address(399_999))
    wait_until(lambda: post.to(HELD))
    running_site.kill(running_site.worker)
    post.heal()
    return time.monotonic()


@pytest.fixture
def site(running_site, held_mail):
    """The site with all of its mail sent but the one that a lease holds, and its mail server well."""
    running_site.wait_until_ready()
    running_site.post.heal()
    running_site.send_at_once()
    running_site.wait_for_all_mail()
    running_site.database.settle()
    return running_site


@pytest.fixture
def post(site):
    return site.post


@pytest.fixture
def report(request, capfd):
    """Say what was measured; a test that passes says nothing else."""
    terminal = request.config.pluginmanager.get_plugin("terminalreporter")

    def say(text):
        with capfd.disabled():
            terminal.ensure_newline()
            terminal.write_line(f"{request.node.callspec.id}: {text}")

    return say
