"""The front desk books while somebody is on the phone, and mends a slip, in a real browser."""

import pytest
from playwright.sync_api import expect

from bookings.models import Booking
from tests.factories import make_booking

pytestmark = pytest.mark.browser

QUEUE = "bookings/booking/?when=needs"
# Presses of a button or a key that acts, over all pages; typing is no press.
COUNT_PRESSES = """
  const count = () => sessionStorage.setItem("presses", Number(sessionStorage.getItem("presses")) + 1);
  addEventListener("pointerdown", count);
  addEventListener("keydown", (event) => event.key === "Enter" && count());
"""


def presses(page):
    """How many there were since this was last asked."""
    count = "[sessionStorage.getItem('presses'), sessionStorage.removeItem('presses')]"
    return int(page.evaluate(count)[0] or 0)


def test_a_day_at_the_front_desk_a_call_on_the_phone_a_correction_and_an_undo(
    desk, page
):
    earlier = make_booking(name="Rosa Peña", phone="+16025550123", state="completed")
    other = make_booking(name="Bob", email="bob@example.com")
    page.add_init_script(COUNT_PRESSES)
    page.goto(desk + QUEUE)

    # On the phone: who it is, what they asked before, a time, their yes.
    page.get_by_role("link", name="New request").click()
    expect(page.get_by_label("Name")).to_be_focused()
    page.keyboard.type("Rosa Peña")
    page.keyboard.press("Tab")
    page.keyboard.type("602 555 0132")
    page.get_by_role("button", name="Look for earlier requests").click()
    expect(page.get_by_text("No other request from this phone number")).to_be_visible()
    page.get_by_role("radio").nth(1).click()
    page.get_by_role("checkbox", name="They agree").click()
    page.get_by_role("button", name="Book and confirm").click()
    expect(page.get_by_text("booked and confirmed.")).to_be_visible()
    assert presses(page) == 5

    # She spells her number once more: two digits were the wrong way round.
    page.get_by_role("link", name="Correct contact…").click()
    expect(page.get_by_label("Phone")).to_have_value("+1 602-555-0132")
    page.get_by_label("Phone").fill("602 555 0123")
    page.get_by_role("button", name="Correct").click()
    expect(page.get_by_text("Contact details corrected.").first).to_be_visible()
    expect(page.get_by_role("link", name="(602) 555-0123")).to_be_visible()
    expect(page.get_by_role("link", name=earlier.reference)).to_be_visible()
    assert presses(page) == 2

    # Confirms another one by mistake, and takes that back where it was pressed.
    page.goto(desk + QUEUE)
    page.get_by_role("button", name=f"Confirm {other.reference}").click()
    page.get_by_role("button", name=f"Undo {other.reference}").click()
    expect(page.get_by_text("Undone. It is as it was before.")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text=other.reference)).to_be_visible()
    assert presses(page) == 2

    rosa = Booking.objects.get(slot__isnull=False, state="confirmed")
    assert (rosa.name, rosa.phone.as_national) == ("Rosa Peña", "(602) 555-0123")
    assert [str(event) for event in rosa.events.all()] == [
        "Booked by staff",
        "Contact details corrected: phone",
    ]
    other.refresh_from_db()
    assert other.state == "requested"


def test_enter_in_a_field_books_and_looks_at_no_other_days(desk, page):
    page.goto(desk + "bookings/booking/new/")
    page.get_by_label("Phone").fill("602 555 0123")
    page.get_by_role("radio").first.check()
    page.get_by_label("They agree").check()
    page.get_by_label("Name").fill("Rosa")

    page.keyboard.press("Enter")

    expect(page.get_by_text("booked and confirmed.")).to_be_visible()


def test_a_confirmation_by_mistake_is_undone_while_the_seconds_run(desk, page):
    booking = make_booking(name="Rosa")
    page.clock.install()
    page.goto(desk + QUEUE)
    page.get_by_role("button", name=f"Confirm {booking.reference}").click()
    undo = page.get_by_role("button", name=f"Undo {booking.reference}")
    expect(undo).to_be_visible()
    seconds = page.locator("undo-countdown time")
    before = int(seconds.inner_text())

    page.clock.run_for(5000)
    assert before - 6 <= int(seconds.inner_text()) <= before - 4
    undo.click()

    expect(page.get_by_text("Undone. It is as it was before.")).to_be_visible()
    assert Booking.objects.get().state == "requested"


def test_once_the_seconds_have_run_out_there_is_no_button(desk, page):
    booking = make_booking(name="Rosa")
    page.clock.install()
    page.goto(desk + QUEUE)
    page.get_by_role("button", name=f"Confirm {booking.reference}").click()
    expect(page.get_by_role("button", name=f"Undo {booking.reference}")).to_be_visible()

    page.clock.run_for(61_000)

    expect(page.get_by_text("It is too late to undo this here.")).to_be_visible()
    expect(page.get_by_role("button", name=f"Undo {booking.reference}")).to_have_count(
        0
    )


def test_the_queue_shows_all_its_columns_on_a_small_desk(desk, page):
    make_booking(
        name="Maximiliana Featherstonehaugh-Cholmondeley",
        suspicion="hidden_field too_fast",
    )
    page.set_viewport_size({"width": 1280, "height": 800})

    page.goto(desk + QUEUE)

    cut = "box => box.scrollWidth > box.clientWidth"
    assert not page.locator("#changelist .results").evaluate(cut)
    move = page.get_by_role("link", name="Move")
    box = move.bounding_box()
    assert box["x"] + box["width"] <= 1280
