"""A morning at the front desk, in a real browser, under the strict policy."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from bookings.models import Booking, Closure, Slot, WeeklyHours
from tests.browser.axe import BUT_FOR_THE_MENU, axe, axe_at_both_sizes, without_policy
from tests.factories import make_booking, make_mail, make_slot

pytestmark = pytest.mark.browser


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
    page.get_by_role("button", name="Yes, decline and offer these times").click()
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


FRONT_DESK_PAGES = [
    "",
    "bookings/booking/?when=needs",
    "bookings/booking/{booking}/change/",
    "bookings/booking/{booking}/move/",
    "bookings/booking/{booking}/decline/",
    "bookings/booking/{booking}/cancel/",
    "bookings/booking/{booking}/contact/",
    "bookings/booking/new/?again={booking}",
    "bookings/booking/{booking}/note/",
    "bookings/booking/day/",
    "bookings/booking/week/",
    "bookings/booking/calendar/",
    "bookings/booking/person/",
    "bookings/closure/holidays/",
    "bookings/weeklyhours/{hours}/delete/",
    "bookings/weeklyhours/week/",
    "bookings/appointmentkind/",
    "bookings/outboxmail/",
]


@without_policy
def test_axe_finds_nothing_on_the_pages_of_the_front_desk(desk, page, times):
    booking = make_booking(slot=times[0], message="It clicks.")
    make_booking(
        slot=make_slot(starts_at=timezone.now() - timedelta(hours=1)),
        state="confirmed",
    )
    make_mail(booking=booking, state="failed", last_error="OddError")
    hours = WeeklyHours.objects.first()
    found = []
    for path in FRONT_DESK_PAGES:
        page.goto(desk + path.format(booking=booking.pk, hours=hours.pk))
        found += [(path, each) for each in axe_at_both_sizes(page, BUT_FOR_THE_MENU)]

    assert found == []


@without_policy
def test_axe_finds_nothing_on_a_preview(desk, page, times):
    make_booking(slot=times[0])
    hours = WeeklyHours.objects.first()
    page.goto(f"{desk}bookings/weeklyhours/{hours.pk}/change/")
    page.get_by_label("From:").fill("11:45")
    page.get_by_role("button", name="Preview the times").click()
    expect(page.get_by_role("heading", name="What this would change")).to_be_visible()

    assert axe(page) == []
