"""The real site on each database: one for all of a database's tests, as a clinic has one for all that happens to it."""

import pytest

from tests.faults.databases import Postgres, SQLite, postgres_answers
from tests.faults.post_office import PostOffice
from tests.faults.site import Site


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


@pytest.fixture
def site(running_site):
    """The site with all of its mail sent and its mail server well."""
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
