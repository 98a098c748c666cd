import os
import re

import pytest
from django.contrib.staticfiles import handlers
from django.test import override_settings, testcases
from playwright.sync_api import Browser, BrowserType, Page, expect

from bin.chromium import CHROMIUM, QUIET
from tests.browser.collected import as_served, collected
from tests.browser.playing import NOON
from tests.factories import make_exercise, make_routine

# Playwright runs an event loop in the test's thread, and Django would refuse the database there.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# A machine that does other things as well is slow, and its pages are good all the same.
expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {
        **browser_type_launch_args,
        "executable_path": CHROMIUM,
        "args": QUIET,
    }


@pytest.fixture(scope="session", autouse=True)
def static_files_as_served(pytestconfig, django_test_environment):
    """Pages name the collected files, and the live server serves these instead of looking for each."""
    folder = collected(pytestconfig.cache.mkdir("static"))
    with override_settings(**as_served(folder)), pytest.MonkeyPatch.context() as patch:
        patch.setattr(handlers, "StaticFilesHandler", testcases._StaticFilesHandler)
        yield


@pytest.fixture
def site(live_server, transactional_db, database):
    """The address of a site with its first content."""
    with database.with_first_content():
        yield live_server.url


@pytest.fixture
def desk(site, page, staff, client):
    """The admin's address, signed in."""
    client.force_login(staff)
    cookie = client.cookies["sessionid"]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": site}])
    return site + "/admin/"


# A refusal that a test asked for: the browser reports the status of the page itself.
EXPECTED = re.compile(
    r"the server responded with a status of (403|404|409|410|422|50[0234])"
)
FILE = re.compile(r"^https?://[^/]+/(static|media)/")

WAYS_TO_OPEN = [
    (Browser, "new_context"),
    (Browser, "new_page"),
    (BrowserType, "launch_persistent_context"),
]


@pytest.fixture(scope="session")
def every_complaint():
    """What the consoles of all browsers complain of: a policy violation, a missing file, an error."""
    complaints = []

    def hear(message):
        of_a_page = not FILE.search(message.location["url"])
        expected = of_a_page and EXPECTED.search(message.text)
        if message.type == "error" and not expected:
            complaints.append(message.text)

    def listening(make):
        def made(*args, **kwargs):
            new = make(*args, **kwargs)
            context = new.context if isinstance(new, Page) else new
            context.on("console", hear)
            context.on("weberror", lambda error: complaints.append(str(error.error)))
            return new

        return made

    with pytest.MonkeyPatch.context() as patch:
        for kind, way in WAYS_TO_OPEN:
            patch.setattr(kind, way, listening(getattr(kind, way)))
        yield complaints


@pytest.fixture(autouse=True)
def complaints(every_complaint):
    """What they complain of in this test, which must be nothing."""
    every_complaint.clear()
    yield every_complaint
    assert every_complaint == []


@pytest.fixture(scope="session")
def shared_context(every_complaint, browser):
    """For tests that open a page and look: a context of its own costs more than the page."""
    # A worker and what it keeps would outlive the page, and answer the next test.
    context = browser.new_context(reduced_motion="reduce", service_workers="block")
    yield context
    context.close()


@pytest.fixture
def visit(shared_context):
    """A page of a visitor who is new, with less motion asked for."""
    page = shared_context.new_page()
    yield page
    page.evaluate("try { localStorage.clear() } catch {}")
    page.close()
    shared_context.clear_cookies()


@pytest.fixture
def play(live_server, transactional_db, page):
    """Open the player of a routine of exercises with these doses, at noon."""

    def start(*doses, **fields):
        moves = [
            make_exercise(dose=dose, title=f"Move {i}")
            for i, dose in enumerate(doses, 1)
        ]
        routine = make_routine(*moves, **fields)
        page.clock.install(time=NOON)
        page.goto(f"{live_server.url}{routine.get_absolute_url()}play/")
        page.clock.pause_at(NOON.replace(second=10))
        page.get_by_role("button", name="Start").click()
        if page.get_by_role("group", name="Which side is it?").is_visible():
            page.get_by_role("button", name="Right").click()
        return page

    return start
