"""What patients and prospects do, in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from bookings.models import CallSettings
from tests.browser.test_calls import linked_page

pytestmark = pytest.mark.browser


def test_a_patient_reads_the_article_and_follows_it_to_its_routine(site, page):
    page.goto(site)
    page.get_by_role("link", name=re.compile("why it matters")).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(
        "Knee pain: why it matters"
    )
    expect(page.locator(".review-line")).to_contain_text("Clinical review pending")
    for sentence in ["2 sets of 10 to 15", "30 seconds on each leg", "3 sets of 15"]:
        expect(page.get_by_text(sentence).first).to_be_visible()

    page.get_by_role(
        "link", name=re.compile("knee strength starter", re.IGNORECASE)
    ).first.click()

    expect(page).to_have_url(re.compile("/routines/knee-strength-starter/$"))
    expect(page.get_by_text("2 sets of 10 to 15").first).to_be_visible()


def test_a_patient_filters_exercises_by_body_part_and_equipment(site, page):
    page.goto(site + "/exercises/")
    page.get_by_role("link", name="Hip 3 exercises").click()
    page.get_by_role("link", name="Wall 1 exercise").click()

    expect(page.locator("main").get_by_role("link", name="Wall push")).to_be_visible()
    expect(page.locator("main").get_by_role("link", name="Calf raise")).to_have_count(0)


def book(page, site):
    """Fill in the booking form with the first free time, and send it."""
    page.goto(site + "/book/")
    page.get_by_role("radio").first.check()
    page.get_by_label("Your name").fill("Ada Byron")
    page.get_by_label("Your e-mail").fill("ada@clinic.example")
    page.get_by_label("Your phone").fill("(602) 555-0123")
    page.get_by_label("What is going on?").fill("It clicks on stairs.")
    page.get_by_label("You may keep").check()
    page.get_by_role("button", name="Send my request").click()


def test_a_prospect_books_a_call_and_staff_confirm_it(site, page, staff):
    CallSettings.objects.update(undo_seconds=0)
    book(page, site)
    expect(page.get_by_role("heading", level=1)).to_have_text("We have your request")
    expect(page.get_by_text("It clicks on stairs.")).to_be_visible()
    receipt = page.url

    page.goto(site + "/admin/")
    page.get_by_label("Username").fill("admin")
    page.get_by_label("Password").fill("a-password-for-tests")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("link", name="Requests", exact=True).first.click()
    page.locator("#result_list tbody a").first.click()
    expect(page.get_by_text("It clicks on stairs.")).to_be_visible()
    page.get_by_role("button", name="Confirm").click()

    for kept in [receipt, site + linked_page(), site + linked_page(0)]:
        page.goto(kept)
        confirmed = re.compile("confirmed", re.IGNORECASE)
        expect(page.locator("main")).to_contain_text(confirmed)


def test_a_mistake_keeps_every_word_and_says_what_to_mend(site, page):
    page.goto(site + "/book/")
    page.get_by_label("Your name").fill("Ada Byron")
    page.get_by_label("What is going on?").fill("It clicks on stairs.")
    page.locator("form.form, form").last.evaluate("form => form.noValidate = true")
    page.get_by_role("button", name="Send my request").click()

    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Your name")).to_have_value("Ada Byron")
    expect(page.get_by_label("What is going on?")).to_have_value("It clicks on stairs.")


class TestFarAway:
    @pytest.fixture
    def browser_context_args(self, browser_context_args):
        return {**browser_context_args, "timezone_id": "Pacific/Honolulu"}

    def test_a_visitor_in_another_zone_sees_both_clocks(self, site, page):
        page.goto(site + "/book/")

        time = page.locator(".slot-picker__label").first
        expect(time).to_have_text(re.compile("^\\s*9:00 AM\\s+You: 6:00 AM$"))
        book(page, site)
        expect(page.get_by_text("On your clock:")).to_contain_text(
            "6:00 AM Hawaii time"
        )


class TestNearby:
    @pytest.fixture
    def browser_context_args(self, browser_context_args):
        return {**browser_context_args, "timezone_id": "America/Phoenix"}

    def test_a_visitor_on_the_clinics_clock_sees_one(self, site, page):
        page.goto(site + "/book/")

        expect(page.locator("local-time").first).to_be_empty()
        expect(page.get_by_text("You:")).to_have_count(0)


class TestWithoutJavaScript:
    @pytest.fixture
    def browser_context_args(self, browser_context_args):
        return {**browser_context_args, "java_script_enabled": False}

    def test_everything_a_visitor_needs_works(self, site, page):
        page.set_viewport_size({"width": 360, "height": 740})
        page.goto(site)
        page.get_by_text("Menu", exact=True).click()
        page.get_by_role("banner").get_by_role("link", name="Routines").click()
        page.locator("main").get_by_role("link", name="Knee strength starter").click()
        expect(page.get_by_text("30 seconds on each leg").first).to_be_visible()

        page.goto(site + "/where-does-it-hurt/#outside")
        page.get_by_text("I may have done too much.").click()
        expect(page.get_by_role("link", name=re.compile("^IT band"))).to_be_visible()

        book(page, site)

        expect(page.get_by_role("heading", level=1)).to_have_text(
            "We have your request"
        )


def test_the_keyboard_alone_books_a_call(site, page):
    page.goto(site + "/book/")
    page.keyboard.press("Tab")
    expect(
        page.get_by_role("link", name=re.compile("skip", re.IGNORECASE))
    ).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_role("radio").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio").nth(1)).to_be_checked()
    name = page.get_by_label("Your name")
    for _ in range(20):
        page.keyboard.press("Tab")
        if name.evaluate("field => field === document.activeElement"):
            break
    page.keyboard.type("Ada Byron")
    page.keyboard.press("Tab")
    page.keyboard.type("ada@clinic.example")
    page.keyboard.press("Tab")
    page.keyboard.type("602 555 0123")
    tab_to(page, page.locator("input[name=consent]"))
    page.keyboard.press("Space")
    tab_to(page, page.locator("main form [type=submit]").last)
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("We have your request")


def tab_to(page, locator, most=40):
    """Press Tab until ``locator`` has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if locator.evaluate("each => each === document.activeElement"):
            return
    raise AssertionError("The keyboard does not get there.")


def test_the_keyboard_alone_finds_a_place_that_hurts_and_its_article(site, page):
    page.goto(site + "/where-does-it-hurt/")
    place = page.locator("main a[href$='#below']").last
    tab_to(page, place)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#below$"))
    expect(page.locator(".pain-location:visible")).to_have_count(1)
    tab_to(page, page.locator("#below summary").first)
    page.keyboard.press("Enter")

    article = page.locator("main").get_by_role("link", name=re.compile("^Patellar"))
    tab_to(page, article.first)
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text("Patellar tendinitis")


def test_a_place_that_was_chosen_stands_alone_until_another_is_wanted(site, page):
    page.goto(site + "/where-does-it-hurt/")
    expect(page.locator(".pain-location:visible")).to_have_count(5)
    page.locator(".knee-finder__list").get_by_role(
        "link", name="Inside of the knee"
    ).click()
    expect(page.locator(".pain-location:visible")).to_have_attribute("id", "inside")
    page.get_by_text("It hurts on the inside of my knee.").click()
    expect(page.locator("#inside").get_by_text("Then try this")).to_be_visible()

    page.get_by_role("link", name="Choose another place").click()

    expect(page.locator(".pain-location:visible")).to_have_count(5)


def test_the_keyboard_alone_filters_exercises(site, page):
    page.goto(site + "/exercises/")
    tab_to(page, page.get_by_role("link", name="Wall 1 exercise"))
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile("equipment=wall"))
    expect(page.locator("main").get_by_role("link", name="Wall push")).to_be_visible()


def test_on_paper_a_link_of_the_text_shows_its_absolute_url(site, page):
    page.goto(site + "/articles/it-band-syndrome/")
    link = page.locator("main").get_by_role("link", name="when to get help").first
    after = "each => getComputedStyle(each, '::after').content"

    on_screen = link.evaluate(after)
    page.emulate_media(media="print")

    assert "http" not in on_screen
    assert "https://testserver/when-to-get-help/" in link.evaluate(after)
