from contextlib import contextmanager
from datetime import UTC, datetime

from playwright.sync_api import expect

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def shows(page, *, short, count=None, where=None):
    expect(page.locator("[data-part=instruction]")).to_have_text(short)
    if count is not None:
        expect(page.locator("[data-part=timer]")).to_have_text(count)
    if where is not None:
        expect(page.locator(".player-stage [data-part=details]")).to_have_text(where)


def seconds(page, number):
    page.clock.run_for(number * 1000)


@contextmanager
def settings(page):
    """The player's settings, open."""
    page.get_by_role("button", name="Sound and pace").click()
    page.clock.run_for(50)  # the press is painted first
    yield page.get_by_role("dialog")
    page.get_by_role("button", name="Close").click()
