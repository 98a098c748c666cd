"""A morning at the front desk, in a real browser, under the strict policy."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import expect

from bookings.models import Booking, Closure, Slot, WeeklyHours
from tests.factories import make_booking, make_mail, make_slot

pytestmark = pytest.mark.browser
SIZES = [(360, 740), (1280, 900)]


@pytest.fixture
def desk(site, page, staff, client):
    """The admin's address, signed in."""
    client.force_login(staff)
    cookie = client.cookies["sessionid"]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": site}])
    return site + "/admin/"


@pytest.fixture
def times(site):
    """Free times to come, the earliest first."""
    return list(Slot.objects.assignable()[:6])


def row(page, booking):
    return page.get_by_role("row").filter(has_text=booking.reference)


def test_the_front_desk_works_a_morning(desk, page, times):
    new, unfit, other = [
        make_booking(slot=slot, name=name)
        for slot, name in zip(times, ["Ada", "Bob", "Cleo"], strict=False)
    ]
    now = timezone.now()
    make_booking(slot=make_slot(starts_at=now), name="Dora", state="confirmed")
    make_mail(booking=new, state="failed", last_error="SMTPRecipientsRefused 550")

    page.goto(desk)
    page.get_by_role("link", name="3 need an answer").click()
    expect(row(page, new)).to_contain_text("Ada")

    # Confirms with one click, in the list.
    row(page, new).get_by_role("button", name="Confirm").click()
    expect(page.get_by_text(f"{new}: Confirmed.")).to_be_visible()
    expect(row(page, new)).to_have_count(0)

    # Moves with two: the place, then the time.
    row(page, other).get_by_role("link", name="Move…").click()
    page.locator(f"#slot-{times[5].pk}").check()
    page.get_by_role("button", name="Move to this time").click()
    expect(page.get_by_text(f"{other}: New time set.")).to_be_visible()

    # Declines, and sees which times the mail will offer.
    row(page, unfit).get_by_role("link", name="Decline…").click()
    page.get_by_role("button", name="Decline, and offer these times").click()
    expect(page.get_by_text(f"{unfit}: Declined.")).to_be_visible()

    # Prints the day: no menu on paper.
    page.get_by_role("link", name="Day sheet").click()
    expect(page.get_by_role("heading", name="Dora")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="Dora")).to_be_visible()
    expect(page.locator("#header")).to_be_hidden()
    expect(page.get_by_label("Another day")).to_be_hidden()
    page.emulate_media(media="screen")

    # Closes a holiday.
    page.goto(desk + "bookings/closure/")
    page.get_by_role("link", name="US federal holidays").click()
    page.get_by_label("Christmas Day").first.check()
    page.get_by_role("button", name="Close on the ticked days").click()
    expect(page.get_by_text("1 day closed.")).to_be_visible()

    # Sends the failed mail again.
    page.goto(desk)
    page.get_by_role("link", name="See why, and send again").click()
    expect(page.get_by_text("does not know this address")).to_be_visible()
    page.get_by_role("button", name="Send again").click()
    expect(page.get_by_text("1 will be sent within a minute.")).to_be_visible()

    states = {booking.name: booking.state for booking in Booking.objects.all()}
    assert states == {
        "Ada": "confirmed",
        "Bob": "declined",
        "Cleo": "requested",
        "Dora": "confirmed",
    }
    assert Booking.objects.get(name="Cleo").slot == times[5]
    assert Closure.objects.count() == 1


def test_a_request_is_answered_from_the_keyboard_alone(desk, page, times):
    booking = make_booking(slot=times[0])
    page.goto(desk + "bookings/booking/?when=needs")

    confirm = row(page, booking).get_by_role("button", name="Confirm")
    for _ in range(80):
        page.keyboard.press("Tab")
        if confirm.evaluate("button => button === document.activeElement"):
            break
    page.keyboard.press("Enter")

    expect(page.get_by_text(f"{booking}: Confirmed.")).to_be_visible()


class TestAxe:
    @pytest.fixture
    def browser_context_args(self, browser_context_args):
        """Without the policy: axe styles what it measures, and the console would complain."""
        return {**browser_context_args, "bypass_csp": True}

    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_axe_finds_nothing_on_the_pages_of_the_front_desk(
        self, desk, page, scheme, times
    ):
        booking = make_booking(slot=times[0], message="It clicks.")
        make_booking(
            slot=make_slot(starts_at=timezone.now() - timedelta(hours=1)),
            state="confirmed",
        )
        make_mail(booking=booking, state="failed", last_error="OddError")
        page.emulate_media(color_scheme=scheme)
        queue = "bookings/booking/"
        found = {}
        for address in [
            "",
            f"{queue}?when=needs",
            *[f"{queue}{booking.pk}/{name}/" for name in ["move", "decline", "note"]],
            f"{queue}{booking.pk}/change/",
            *[f"{queue}{name}/" for name in ["day", "calendar", "person"]],
            "bookings/closure/holidays/",
            f"bookings/weeklyhours/{WeeklyHours.objects.first().pk}/delete/",
            "bookings/outboxmail/",
        ]:
            for width, height in SIZES:
                page.set_viewport_size({"width": width, "height": height})
                page.goto(desk + address)
                for each in Axe().run(page).response["violations"]:
                    found[address, width, each["id"]] = each["nodes"][0]["html"][:200]
                if page.evaluate("document.documentElement.scrollWidth") > width:
                    found[address, width] = "scrolls sideways"

        assert found == {}

    def test_axe_finds_nothing_on_a_preview(self, desk, page, times):
        make_booking(slot=times[0])
        hours = WeeklyHours.objects.first()
        page.goto(f"{desk}bookings/weeklyhours/{hours.pk}/change/")
        page.get_by_label("From:").fill("11:45")
        page.get_by_role("button", name="Preview the times").click()
        expect(
            page.get_by_role("heading", name="What this would change")
        ).to_be_visible()

        assert [each["id"] for each in Axe().run(page).response["violations"]] == []
