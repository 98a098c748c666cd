"""A visitor's way to a call, in a real browser: by keyboard, with large text, without scripts, from the mail."""

import re

import pytest
from django.core import mail as post
from playwright.sync_api import expect

from bookings import jobs
from bookings.models import Booking
from tests.browser.axe import PHONE, axe

pytestmark = pytest.mark.browser

SEND = "Send my request"
CONSENT = "You may keep what I send here"


def fill_in(page):
    page.get_by_label("Your name").fill("Ada Byron")
    page.get_by_label("Your e-mail").fill("ada@clinic.example")
    page.get_by_label("Your phone").fill("(602) 555-0123")
    page.get_by_label("What is going on?").fill("It clicks on stairs.")


def linked_page(number=-1):
    """The address of the visitor's own page, from the mail."""
    jobs.deliver_mail()
    mails = [each for each in post.outbox if each.to == ["ada@clinic.example"]]
    return re.search(r"/bookings/\S+/", mails[number].body).group()


def tab_to(page, locator, most=60):
    for _ in range(most):
        page.keyboard.press("Tab")
        if locator.evaluate("each => each === document.activeElement"):
            return
    raise AssertionError("The keyboard does not get there.")


def no_sideways_scrolling(page):
    return page.evaluate(
        "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    )


def test_the_keyboard_books_with_text_twice_as_large_on_a_narrow_screen(site, page):
    page.set_viewport_size(PHONE)
    page.goto(site + "/book/")
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert no_sideways_scrolling(page)

    second_day = page.locator("summary.slot-picker__heading").nth(1)
    tab_to(page, second_day)
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("radio").first)
    page.keyboard.press("Space")
    for label, words in [
        ("Your name", "Ada Byron"),
        ("Your e-mail", "ada@clinic.example"),
        ("Your phone", "(602) 555-0123"),
        ("What is going on?", "It clicks on stairs."),
    ]:
        tab_to(page, page.get_by_label(label))
        page.keyboard.type(words)
    tab_to(page, page.get_by_label(CONSENT))
    page.keyboard.press("Space")
    assert no_sideways_scrolling(page)
    tab_to(page, page.get_by_role("button", name=SEND))
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("We have your request")
    assert Booking.objects.get().message == "It clicks on stairs."


def test_a_call_is_moved_and_cancelled_from_the_mailed_link(site, page):
    page.goto(site + "/book/")
    page.get_by_role("radio").first.check()
    fill_in(page)
    page.get_by_label(CONSENT).check()
    page.get_by_role("button", name=SEND).click()
    page.wait_for_url("**/bookings/**")
    first = Booking.objects.get().slot

    page.goto(site + linked_page())
    page.get_by_role("link", name="Move this call").click()
    page.get_by_role("radio").nth(2).check()
    page.get_by_role("button", name="Move my call").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Moved")
    assert Booking.objects.get().slot != first

    page.goto(
        site + linked_page(0)
    )  # the first mail's link lives as long as the request
    page.get_by_text("Cancel this call").click()
    page.get_by_role("button", name="Yes, cancel my call").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your call is cancelled")
    page.get_by_role("link", name="Book another call").click()
    expect(page.get_by_role("radio").first).to_be_attached()


@pytest.mark.parametrize("mark", ["words stay over a reload", "and go when sent"])
def test_what_was_typed_is_kept_for_the_tab_until_it_is_sent(site, page, mark):
    page.goto(site + "/book/")
    page.get_by_role("radio").nth(1).check()
    fill_in(page)
    if mark == "words stay over a reload":
        page.goto(site + "/book/")
        expect(page.get_by_label("What is going on?")).to_have_value(
            "It clicks on stairs."
        )
        expect(page.get_by_role("radio").nth(1)).to_be_checked()
        expect(page.get_by_label(CONSENT)).not_to_be_checked()
        return
    page.get_by_label(CONSENT).check()
    page.get_by_role("button", name=SEND).click()
    page.wait_for_url("**/bookings/**")
    assert page.evaluate("sessionStorage.length") == 0
    assert page.evaluate("localStorage.length") == 0
    page.goto(site + "/book/")
    expect(page.get_by_label("What is going on?")).to_have_value("")


@pytest.mark.parametrize("answer", ["none", "413", "503"])
def test_what_could_not_be_sent_is_there_when_the_form_is_opened_again(
    site, page, answer, complaints
):
    page.goto(site + "/contact/")
    page.get_by_label("Your name").fill("Ada Byron")
    page.get_by_label("What would you like to say?").fill("It clicks on stairs.")

    def fail(route):
        if route.request.method != "POST":
            route.continue_()
        elif answer == "none":
            route.abort()
        else:
            route.fulfill(status=int(answer), body="Sorry.")

    page.route("**/contact/", fail)
    page.locator("form-draft form").evaluate(
        "(form) => { form.noValidate = true; form.requestSubmit(); }"
    )
    page.wait_for_timeout(500)
    page.goto(site + "/contact/")

    expect(page.get_by_label("What would you like to say?")).to_have_value(
        "It clicks on stairs."
    )
    complaints.clear()  # of the answer itself


def test_axe_finds_nothing_on_wishes_and_on_the_page_to_move_a_call(site, page):
    page.set_viewport_size(PHONE)
    page.goto(site + "/book/")
    page.get_by_label("No time fits").check()
    wishes = axe(page)
    page.get_by_label("No time fits").uncheck()
    page.get_by_role("radio").first.check()
    fill_in(page)
    page.get_by_label(CONSENT).check()
    page.get_by_role("button", name=SEND).click()
    page.get_by_role("link", name="Move this call").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Move your call")

    move = axe(page)

    assert wishes + move == []
    assert no_sideways_scrolling(page)


def test_wishes_show_once_a_call_back_is_chosen(site, page):
    page.goto(site + "/book/")
    expect(page.get_by_label("Wish 1: day")).to_be_hidden()

    page.get_by_label("No time fits").check()

    expect(page.get_by_label("Wish 1: day")).to_be_visible()


def test_no_arrow_key_asks_to_be_called_back(site, page):
    page.goto(site + "/book/")
    times = page.locator("details[open] input[type=radio]")
    count = times.count()
    times.first.focus()

    for _ in range(count + 2):
        page.keyboard.press("ArrowDown")

    expect(page.get_by_label("No time fits")).not_to_be_checked()
    assert page.locator("input[type=radio]:checked").count() == 1


def test_whoever_ticks_to_be_called_back_sees_no_times_and_can_think_again(site, page):
    page.goto(site + "/book/")
    page.get_by_role("radio").first.check()

    page.get_by_label("No time fits").check()
    expect(page.get_by_role("radio").first).to_be_hidden()
    page.get_by_label("No time fits").uncheck()

    expect(page.get_by_role("radio").first).to_be_checked()


def no_time_is_chosen(page):
    return page.locator("[name=slot]:checked").count() == 0


@pytest.mark.parametrize("path", ["/contact/", "/book/"])
def test_a_step_back_after_sending_shows_nobody_the_words(site, page, path):
    page.goto(site + path)
    if path == "/book/":
        page.get_by_role("radio").first.check()
        page.get_by_label("Your phone").fill("(602) 555-0123")
        page.get_by_label(CONSENT).check()
    page.get_by_label("Your name").fill("Ada Byron")
    page.get_by_label("Your e-mail").fill("ada@clinic.example")
    page.locator("textarea").fill("It clicks on stairs.")
    page.locator("main form").get_by_role("button").last.click()
    page.wait_for_url("**/bookings/**")

    page.go_back()

    for field in [page.get_by_label("Your name"), page.locator("textarea")]:
        expect(field).to_have_value("")


class TestWithoutJavaScript:
    @pytest.fixture
    def browser_context_args(self, browser_context_args):
        return {**browser_context_args, "java_script_enabled": False}

    def test_a_step_back_and_send_books_no_other_time(self, site, page):
        page.goto(site + "/book/")
        page.get_by_role("radio").nth(1).check()
        fill_in(page)
        page.get_by_label(CONSENT).check()
        page.get_by_role("button", name=SEND).click()
        page.get_by_role("link", name="Move this call").click()
        page.get_by_role("radio").nth(2).check()
        page.get_by_role("link", name="Keep the time").click()
        page.go_back()
        assert no_time_is_chosen(page)
        page.go_back()
        page.go_back()

        assert no_time_is_chosen(page)
        page.get_by_role("button", name=SEND).click()
        assert Booking.objects.count() == 1

    def test_a_list_of_mistakes_that_fills_the_screen_is_read_from_its_start(
        self, site, page
    ):
        page.set_viewport_size({"width": 320, "height": 320})
        page.goto(site + "/book/#id_email")

        page.get_by_role("button", name=SEND).click()

        title = page.locator(".error-summary__title")
        expect(title).to_be_focused()
        expect(title).to_be_in_viewport()
        assert "#" not in page.url

    def test_a_visitor_asks_to_be_called_back(self, site, page):
        page.set_viewport_size(PHONE)
        page.goto(site + "/book/")
        page.get_by_label("No time fits").check()
        page.get_by_label("Wish 1: day").select_option(index=2)
        fill_in(page)
        page.get_by_label(CONSENT).check()
        page.get_by_role("button", name=SEND).click()

        expect(page.get_by_role("heading", level=1)).to_have_text(
            "We will call you back"
        )
        assert Booking.objects.get().wishes.count() == 1


class TestFarAway:
    @pytest.fixture
    def browser_context_args(self, browser_context_args):
        return {**browser_context_args, "timezone_id": "Pacific/Honolulu"}

    def test_the_mail_names_the_visitors_clock_too(self, site, page):
        page.goto(site + "/book/")
        page.get_by_role("radio").first.check()
        fill_in(page)
        page.get_by_label(CONSENT).check()
        page.get_by_role("button", name=SEND).click()
        page.wait_for_url("**/bookings/**")

        expect(page.get_by_text("On your clock:")).to_contain_text("Hawaii time")
        jobs.deliver_mail()
        assert "Hawaii time (HST)" in post.outbox[0].body
