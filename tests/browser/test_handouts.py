"""A handout for one person: made between two patients, done on a phone, kept on it, taken back."""

import re
import time

import pytest
from django.core.handlers.base import BaseHandler
from playwright.sync_api import expect

from bin.chromium import CHROMIUM, QUIET
from exercises.models import Handout
from tests.browser.axe import PHONE, axe, axe_at_both_sizes, without_policy
from tests.factories import make_exercise, make_handout, make_help_list

pytestmark = pytest.mark.browser
KEPT = """caches.open('kneecare').then((cache) => cache.keys())
    .then((all) => all.map((each) => new URL(each.url).pathname + new URL(each.url).search))"""


@pytest.fixture
def handout(transactional_db):
    make_help_list()
    bridge = make_exercise(title="Bridge", dose={"hold": 30})
    return make_handout(bridge, title="For you", note="Go slowly.")


@pytest.fixture
def address(live_server, handout):
    return live_server.url + handout.get_absolute_url()


def kept_sheets(page):
    return [path for path in page.evaluate(KEPT) if path.startswith("/handouts/")]


def keep(page, address):
    page.goto(address)
    page.get_by_role("button", name="Save it on this device").click()
    saved = page.get_by_text("Saved. You can open it without a network.")
    expect(saved).to_be_visible(timeout=20_000)


def test_a_therapist_makes_one_from_a_routine_and_a_patient_does_it_on_a_phone(
    desk, site, page
):
    page.goto(f"{desk}exercises/handout/add/")
    page.get_by_role("link", name="Knee strength starter").click()
    first = page.locator("#items-0")
    expect(first.get_by_label("Exercise")).to_have_value(re.compile(r"\d+"))
    first.get_by_label("Sets").fill("4")
    page.get_by_label("Note to the patient").fill("Go slowly.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved. The patient reads version 1.")).to_be_visible()
    handout = Handout.objects.get()
    field = page.get_by_label("Address for the patient")
    expect(field).to_have_value(re.compile(handout.get_absolute_url()))
    expect(page.get_by_role("img", name="QR code of the address")).to_be_visible()

    page.set_viewport_size(PHONE)
    page.goto(site + handout.get_absolute_url())
    expect(page.get_by_text("Go slowly.")).to_be_visible()
    expect(page.get_by_text("4 sets of 10 to 15")).to_be_visible()
    page.get_by_role("link", name="Do it now").click()
    page.get_by_role("button", name="Start").click()
    page.get_by_role("button", name="Both").click()

    expect(page.locator("[data-part=instruction]")).to_have_text("Get ready")


def test_more_rows_are_added_and_taken_away(desk, page):
    page.goto(f"{desk}exercises/handout/add/")
    rows = page.locator(".handout-row:not(.empty-form)")
    expect(rows).to_have_count(3)

    page.get_by_text("Add another Exercise").click()
    expect(rows).to_have_count(4)
    rows.last.locator(".inline-deletelink").click()

    expect(rows).to_have_count(3)


def test_enter_in_a_field_saves_and_does_not_withdraw(desk, page):
    handout = make_handout(make_exercise())
    page.goto(f"{desk}exercises/handout/{handout.pk}/change/")

    page.get_by_label("Title").press("Enter")

    expect(page.get_by_text("Saved. The patient reads version 1.")).to_be_visible()
    assert not Handout.objects.get().is_withdrawn


def test_it_is_withdrawn_by_one_press(desk, site, page):
    handout = make_handout(make_exercise())
    page.goto(f"{desk}exercises/handout/{handout.pk}/change/")

    page.get_by_role("button", name="Withdraw it").click()

    expect(page.get_by_role("button", name="Bring it back")).to_be_visible()
    page.goto(site + handout.get_absolute_url())
    expect(page.get_by_role("heading", level=1)).to_have_text("This handout has ended")


def test_nothing_of_a_handout_is_kept_without_the_button(page, address):
    page.goto(address)
    expect(page.get_by_role("button", name="Save it on this device")).to_be_visible()
    page.evaluate("navigator.serviceWorker.ready.then(() => null)")
    page.goto(f"{address}play/")
    page.goto(address)

    assert kept_sheets(page) == []


def test_a_kept_copy_opens_and_plays_without_a_network_also_from_its_sheet(
    page, context, address, handout
):
    keep(page, address)
    page.goto(f"{address}?sheet=1")
    context.set_offline(True)

    page.goto(f"{address}?sheet=1")

    expect(page.get_by_role("heading", level=1)).to_have_text("For you")
    expect(page.get_by_text("You are offline. This copy is from")).to_be_visible()
    path = handout.get_absolute_url()
    assert sorted(kept_sheets(page)) == [path, f"{path}play/"]
    page.get_by_role("link", name="Do it now").click()
    page.get_by_role("button", name="Start").click()
    expect(page.locator("[data-part=instruction]")).to_have_text("Get ready")


def test_a_kept_copy_is_removed_from_the_device_by_its_own_button(
    page, context, address
):
    remove = page.get_by_role("button", name="Remove it from this device")
    page.goto(address)
    expect(page.get_by_role("button", name="Save it on this device")).to_be_visible()
    expect(remove).to_be_hidden()
    keep(page, address)
    page.goto(address)

    remove.click()

    expect(page.get_by_text("Removed. No copy of it is on this device")).to_be_visible()
    expect(page.get_by_role("button", name="Save it on this device")).to_be_focused()
    expect(remove).to_be_hidden()
    assert kept_sheets(page) == []
    page.goto(f"{address}play/")
    page.goto(address)
    assert kept_sheets(page) == []
    context.set_offline(True)
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_have_text("You are offline")


def test_a_copy_is_removed_without_a_network_too_from_the_page_of_its_player(
    page, context, address
):
    keep(page, address)
    context.set_offline(True)
    page.goto(f"{address}play/")

    page.get_by_role("button", name="Remove it from this device").click()

    expect(page.get_by_text("Removed. No copy of it is on this device")).to_be_visible()
    assert kept_sheets(page) == []


def test_an_answer_that_was_on_its_way_brings_no_removed_copy_back(
    page, address, monkeypatch
):
    keep(page, address)
    answer = BaseHandler.get_response

    def slow(handler, request):
        response = answer(handler, request)
        if request.path.startswith("/handouts/"):
            time.sleep(6)  # the worker shows the copy after four
        return response

    monkeypatch.setattr(BaseHandler, "get_response", slow)
    page.goto(address)
    page.get_by_role("button", name="Remove it from this device").click()
    expect(page.get_by_text("Removed. No copy of it is on this device")).to_be_visible()

    page.wait_for_timeout(5_000)

    assert kept_sheets(page) == []


def test_a_withdrawn_handout_leaves_the_device_with_all_its_pages(
    page, context, address, handout
):
    keep(page, address)
    handout.withdraw(on=handout.made_on)

    page.goto(f"{address}play/")

    expect(page.get_by_role("heading", level=1)).to_have_text("This handout has ended")
    assert kept_sheets(page) == []
    context.set_offline(True)
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_have_text("You are offline")


def test_it_leaves_the_device_when_another_page_of_the_site_is_opened_later(
    live_server, address, handout, playwright, tmp_path
):
    start = {"executable_path": CHROMIUM, "args": QUIET}
    device = playwright.chromium.launch_persistent_context(tmp_path, **start)
    keep(device.pages[0], address)
    device.close()
    handout.withdraw(on=handout.made_on)

    device = playwright.chromium.launch_persistent_context(tmp_path, **start)
    page = device.pages[0]
    page.goto(live_server.url + "/routines/")

    page.wait_for_function(
        f"({KEPT}).then((all) => !all.some((path) => path.startsWith('/handouts/')))"
    )
    device.close()


def test_the_diary_tells_a_handout_from_a_routine_of_the_same_name(
    page, address, handout
):
    page.goto(f"{address}play/")
    player = page.locator("routine-player")

    expect(player).to_have_attribute("name", f"handout:{handout.reference}")
    expect(player).to_have_attribute("label", f"For you, handout {handout.reference}")
    assert handout.code not in player.evaluate("(it) => it.outerHTML")


def test_a_handout_reads_without_a_script(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()

    page.goto(f"{address}play/")

    expect(page.get_by_text("30 seconds")).to_be_visible()
    context.close()


@without_policy
def test_axe_finds_nothing_on_its_pages_for_the_patient(live_server, page, handout):
    ended = make_handout(make_exercise())
    ended.withdraw(on=ended.made_on)
    path, found = handout.get_absolute_url(), []
    for each in [path, f"{path}play/", ended.get_absolute_url(), "/handouts/x/"]:
        page.goto(live_server.url + each)
        found += axe_at_both_sizes(page)

    assert found == []


@without_policy
def test_axe_finds_nothing_on_the_form(desk, page):
    handout = make_handout(make_exercise())
    found = []
    for each in ["add/?routine=knee-strength-starter", f"{handout.pk}/change/"]:
        page.goto(f"{desk}exercises/handout/{each}")
        page.wait_for_load_state("networkidle")
        found += axe(page)

    assert found == []
