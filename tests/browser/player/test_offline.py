"""A routine on the device: it opens and plays where there is no network."""

import re

import pytest
from django.core.handlers.base import BaseHandler
from django.http import HttpResponse
from playwright.sync_api import expect

from bin.chromium import CHROMIUM, QUIET
from kneecare.publishing.publish import publish, take_down
from tests.factories import make_exercise, make_routine

pytestmark = pytest.mark.browser


@pytest.fixture
def routine(transactional_db):
    return make_routine(make_exercise(dose={"hold": 30}), title="Two moves")


def open_and_keep(page, address):
    page.goto(address)
    expect(page.locator("offline-copy[data-is-saved=true]")).to_be_attached(
        timeout=20_000
    )


def test_a_routine_once_opened_plays_offline_from_a_cold_start(
    live_server, routine, playwright, tmp_path
):
    start = {"executable_path": CHROMIUM, "args": QUIET}
    address = live_server.url + routine.get_absolute_url()
    device = playwright.chromium.launch_persistent_context(tmp_path, **start)
    open_and_keep(device.pages[0], address)
    device.close()

    # The worker of a started browser asks before ``offline`` reaches it: all it
    # asks goes to a port that nobody listens on.
    start["proxy"] = {"server": "http://127.0.0.1:9", "bypass": "<-loopback>"}
    device = playwright.chromium.launch_persistent_context(
        tmp_path, offline=True, **start
    )
    page = device.pages[0]
    page.goto(address)

    expect(page.get_by_role("heading", level=1)).to_have_text("Two moves")
    expect(page.get_by_text("You are offline. This copy is from")).to_be_visible()
    page.get_by_role("link", name="Do it now").click()
    page.get_by_role("button", name="Start").click()
    expect(page.locator("[data-part=instruction]")).to_have_text("Get ready")
    page.goto(live_server.url + "/my-progress/")
    expect(page.get_by_role("heading", level=1)).to_have_text("My progress")
    device.close()


def test_what_is_not_on_the_device_leads_to_what_is(
    live_server, routine, page, context
):
    open_and_keep(page, live_server.url + routine.get_absolute_url())
    context.set_offline(True)

    page.goto(live_server.url + "/articles/")

    expect(page.get_by_role("heading", level=1)).to_have_text("You are offline")
    page.get_by_role("link", name="Two moves").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Two moves")


def test_a_new_version_arrives_by_itself(live_server, routine, page, context):
    address = live_server.url + routine.get_absolute_url()
    open_and_keep(page, address)
    routine.title = "Three moves"
    routine.save()
    publish(routine, by=None)

    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_have_text("Three moves")
    context.set_offline(True)
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Three moves")


def test_a_routine_that_was_taken_down_leaves_the_device(
    live_server, routine, page, context
):
    address = live_server.url + routine.get_absolute_url()
    open_and_keep(page, address)
    take_down(routine)

    page.goto(address, wait_until="networkidle")  # the picture of the page that says so
    context.set_offline(True)
    page.reload()

    expect(page.get_by_role("heading", level=1)).to_have_text("You are offline")


def test_forms_and_private_pages_are_never_kept(live_server, routine, page, staff):
    open_and_keep(page, live_server.url + routine.get_absolute_url())
    for path in ["/book/", "/contact/", "/admin/login/", "/bookings/forged/"]:
        page.goto(live_server.url + path)

    kept = page.evaluate(
        "caches.open('kneecare').then((c) => c.keys()).then((all) => all.map((r) => new URL(r.url).pathname))"
    )

    pages = {path for path in kept if not path.startswith("/static/")}
    address = routine.get_absolute_url()
    assert pages == {address, f"{address}play/", "/offline/", "/my-progress/"}
    assert [path for path in kept if re.search("admin|^/book", path)] == []


def test_the_site_can_be_installed(live_server, routine, page):
    page.goto(live_server.url)
    manifest = page.evaluate("fetch('/manifest.webmanifest').then((r) => r.json())")

    assert manifest["display"] == "standalone"
    sizes = page.evaluate(
        """(icons) => Promise.all(icons.map((icon) => createImageBitmap_(icon)))
        .catch(() => null) ?? null""".replace(
            "createImageBitmap_(icon)",
            "fetch(icon.src).then((r) => r.blob()).then(createImageBitmap).then((b) => `${b.width}x${b.height}`)",
        ),
        manifest["icons"],
    )
    assert sizes == [icon["sizes"] for icon in manifest["icons"]]


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_server_that_fails_shows_the_kept_routine(
    live_server, routine, page, context, monkeypatch, status
):
    address = live_server.url + routine.get_absolute_url()
    open_and_keep(page, address)
    monkeypatch.setattr(BaseHandler, "get_response", lambda *_: HttpResponse("Bad gateway", status=status))  # fmt: skip

    for url in [address, f"{address}play/"]:
        response = page.goto(url)
        assert response.from_service_worker
        expect(page.get_by_role("heading", level=1)).to_have_text("Two moves")
        expect(page.get_by_text("Our site does not answer. This copy is from")).to_be_visible()  # fmt: skip

    assert page.goto(live_server.url + "/articles/").status == status
