from datetime import UTC, datetime

from playwright.sync_api import expect

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def shows(page, *, short, count=None, where=None):
    expect(page.locator("[data-part=instruction]")).to_have_text(short)
    if count is not None:
        expect(page.get_by_role("timer")).to_have_text(count)
    if where is not None:
        expect(page.locator(".player-panel__step [data-part=details]")).to_have_text(
            where
        )


def seconds(page, number):
    page.clock.run_for(number * 1000)
