"""The diary that stays on the device."""

import json
import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from tests.browser.axe import sideways

pytestmark = pytest.mark.browser
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
DAY = 86_400_000


def entry(days_ago, **answers):
    at = int(NOON.timestamp() * 1000) - days_ago * DAY
    day = datetime.fromtimestamp(at / 1000, UTC).date().isoformat()
    facts = {"at": at, "day": day, "routine": "starter", "title": "Starter"}
    return facts | {"pain": None, "effort": None} | answers


@pytest.fixture
def diary(live_server, transactional_db, browser):
    """Open the page at noon on a device that keeps these entries."""
    contexts = []

    def open_with(*kept):
        context = browser.new_context(timezone_id="UTC")
        contexts.append(context)
        page = context.new_page()
        page.clock.install(time=NOON)
        page.add_init_script(
            f"localStorage['kneecare.diary'] ??= {json.dumps(json.dumps(kept))}"
        )
        page.goto(live_server.url + "/my-progress/")
        return page

    yield open_with
    for context in contexts:
        context.close()


def test_days_pain_and_effort_are_shown_and_nothing_is_counted_as_missed(diary):
    page = diary(entry(40), entry(3, pain=2, effort=5), entry(0, pain=1), entry(0))

    expect(
        page.get_by_text("2 days in the last seven days, and on 3 days in all")
    ).to_be_visible()
    expect(
        page.get_by_role("cell", name=re.compile("24 ?: done 2 times"))
    ).to_be_visible()
    expect(page.locator(".days__done")).to_have_count(3)
    expect(page.locator(".diary-chart circle")).to_have_count(2)
    expect(page.get_by_role("row", name="Sat, Nov 21 2 5")).to_be_visible()


def test_an_empty_diary_leads_to_the_routines(diary):
    page = diary()

    expect(page.get_by_text("There is nothing here yet.")).to_be_visible()
    expect(page.get_by_role("heading", name="Days")).to_be_hidden()


def test_a_title_that_is_markup_stays_text(diary):
    page = diary(entry(0, title="<img src=x onerror=alert(1)>"))

    expect(page.get_by_role("rowheader", name="<img src=x")).to_be_visible()
    expect(page.locator("my-progress img")).to_have_count(0)


@pytest.mark.parametrize(
    ("button", "name", "words"),
    [
        ("Save as a table (CSV)", "exercise-diary-2026-11-24.csv", "Starter,,4,"),
        ("Save for another app (JSON)", "exercise-diary-2026-11-24.json", '"pain": 4'),
    ],
)
def test_the_notes_can_be_saved_as_a_file(diary, button, name, words):
    page = diary(entry(0, pain=4))

    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()

    assert download.value.suggested_filename == name
    assert words in download.value.path().read_text()


def test_a_title_stands_once_over_all_that_was_done_of_it(diary):
    moves = [{"title": "Bridge", "pain": 3, "effort": None}]
    page = diary(
        *[entry(days, pain=1) for days in range(13, 0, -1)],
        entry(0, title="Balance", routine="balance", moves=moves),
    )

    rows = page.get_by_role("table").last
    expect(rows.get_by_text("Starter")).to_have_count(1)
    expect(rows.locator("tr")).to_have_count(1 + 2 + 1 + 1 + 13)
    expect(rows.get_by_role("row", name="Bridge 3")).to_be_visible()


def test_on_paper_the_diary_is_what_it_says_and_no_buttons(diary):
    page = diary(entry(1, pain=2, effort=3), entry(0))

    page.emulate_media(media="print")

    expect(page.get_by_role("row", name="Mon, Nov 23 2 3")).to_be_visible()
    expect(page.get_by_role("button")).to_have_count(0)


@pytest.mark.parametrize("letters", [16, 32])
def test_the_diary_does_not_scroll_sideways_however_large_letters_are(diary, letters):
    page = diary(entry(40), entry(3, pain=10, effort=10, title="A longer name"))
    browser = page.context.new_cdp_session(page)
    browser.send("Page.setFontSizes", {"fontSizes": {"standard": letters}})

    page.set_viewport_size({"width": 320, "height": 568})

    size = page.evaluate("getComputedStyle(document.documentElement).fontSize")
    assert size == f"{letters}px"
    assert sideways(page) == []


def test_deleting_asks_first_and_then_leaves_nothing(diary):
    page = diary(entry(0))
    page.get_by_role("button", name="Delete all").click()
    page.get_by_role("button", name="Keep them").click()
    expect(page.get_by_role("heading", name="Days")).to_be_visible()

    page.get_by_role("button", name="Delete all").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete all").click()

    expect(page.get_by_text("There is nothing here yet.")).to_be_visible()
    assert page.evaluate("localStorage['kneecare.diary']") is None


def test_a_diary_that_is_broken_is_an_empty_one(diary):
    page = diary()
    page.evaluate("localStorage['kneecare.diary'] = '{not json'")

    page.reload()

    expect(page.get_by_text("There is nothing here yet.")).to_be_visible()
