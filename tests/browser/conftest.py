import os
import re
import shutil

import pytest
from django.core.management import call_command

from tests.browser.playing import NOON
from tests.factories import make_exercise, make_routine

# Playwright runs an event loop in the test's thread, and Django would refuse the database there.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {
        **browser_type_launch_args,
        "executable_path": shutil.which("chromium"),
        "args": QUIET,
    }


@pytest.fixture
def site(live_server, transactional_db):
    """The address of a site with its first content."""
    call_command("first_content", verbosity=0, stdout=None)
    return live_server.url


@pytest.fixture
def desk(site, page, staff, client):
    """The admin's address, signed in."""
    client.force_login(staff)
    cookie = client.cookies["sessionid"]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": site}])
    return site + "/admin/"


# A refusal that a test asked for: the browser reports the status of the page itself.
EXPECTED = re.compile(r"the server responded with a status of (403|404|409|410|422)")
FILE = re.compile(r"/(static|media)/")


@pytest.fixture(autouse=True)
def no_complaint(context):
    """Fail on whatever the browser's console complains of: a policy violation, a missing file, an error."""
    complaints = []

    def hear(message):
        of_a_page = not FILE.search(message.location["url"])
        expected = of_a_page and EXPECTED.search(message.text)
        if message.type == "error" and not expected:
            complaints.append(message.text)

    context.on("console", hear)
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    yield
    assert complaints == []


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
        return page

    return start
