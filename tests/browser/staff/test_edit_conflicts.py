"""Two editors in one page of the admin, as the second of them meets it."""

import pytest
from playwright.sync_api import expect

from exercises.models import Routine

pytestmark = pytest.mark.browser


@pytest.fixture
def told(desk, page):
    """The form of a routine that somebody else has saved meanwhile, with a title of ours in it."""
    routine = Routine.objects.get(slug="knee-strength-starter")
    address = f"{desk}exercises/routine/{routine.pk}/change/"
    page.goto(address)
    other = page.context.new_page()
    other.goto(address)
    other.get_by_label("Title:").fill("Theirs")
    other.get_by_role("button", name="Save and continue editing").click()
    expect(other.locator(".messagelist .success")).to_be_visible()
    page.get_by_label("Title:").fill("Ours")
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.get_by_role("button", name="Save mine anyway")).to_be_visible()
    return page


def test_enter_does_not_save_over_the_other(told):
    told.get_by_label("Title:").press("Enter")

    told.wait_for_load_state("networkidle")
    expect(told.get_by_role("button", name="Save mine anyway")).to_be_visible()
    assert Routine.objects.get(slug="knee-strength-starter").title == "Theirs"


def test_the_notice_says_it_once_and_no_error_is_looked_for(told):
    expect(told.get_by_text("after you had opened it")).to_have_count(1)
    expect(told.locator(".errornote")).to_have_count(0)


def test_ones_own_other_window_is_called_that(told):
    expect(
        told.get_by_role("heading", name="You saved this routine in another window")
    ).to_be_visible()


def test_save_mine_anyway_saves_what_the_form_shows(told):
    told.get_by_role("button", name="Save mine anyway").click()

    expect(told.get_by_text("Yours is saved.")).to_be_visible()
    assert Routine.objects.get(slug="knee-strength-starter").title == "Ours"
