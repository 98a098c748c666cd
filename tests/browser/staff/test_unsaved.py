"""Who leaves a form with something in it that is not saved is asked first; nobody else is."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
FORMS = ["exercises/exercise", "articles/article", "exercises/routine", "bookings/closure"]  # fmt: skip


@pytest.fixture
def leave(desk, page):
    """Follow the link to the front page, and say no to each question; how often there was one."""

    def leave():
        asked = []
        page.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))  # fmt: skip
        page.locator("#site-name a").click(no_wait_after=True)
        page.wait_for_timeout(500)
        return asked

    return leave


@pytest.mark.parametrize("form", FORMS)
def test_who_has_typed_nothing_just_leaves(desk, page, leave, form):
    page.goto(f"{desk}{form}/add/")
    page.locator("h1").first.click()

    assert leave() == []
    expect(page).to_have_url(desk)


def test_what_was_typed_stays_for_who_says_no(desk, page, leave):
    page.goto(f"{desk}bookings/replytemplate/add/")
    page.get_by_label("Title").fill("Thank you")

    assert leave() == ["beforeunload"]
    expect(page.get_by_label("Title")).to_have_value("Thank you")


def test_a_drawing_that_was_begun_is_something_to_lose(desk, page, leave):
    page.goto(f"{desk}exercises/exercise/add/")
    page.get_by_role("button", name="Lying on the back", exact=True).click()
    expect(page.locator("pose-editor .pose")).to_have_count(2)

    assert leave() == ["beforeunload"]


def test_formatted_text_is_something_to_lose(desk, page, leave):
    page.goto(f"{desk}exercises/exercise/add/")
    page.locator(".ProseMirror").first.press_sequentially("Lie down.")

    assert leave() == ["beforeunload"]


def test_who_saves_is_asked_nothing_and_a_form_that_came_back_is_not_saved(
    desk, page, leave
):
    page.goto(f"{desk}bookings/replytemplate/add/")
    page.get_by_label("Title").fill("Thank you")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))

    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Please correct the error")).to_be_visible()
    assert asked == []

    page.locator("#site-name a").click()
    expect(page).to_have_url(desk)
    assert asked == ["beforeunload"]


def test_a_form_that_is_pressed_again_while_it_is_sent_is_sent_once(desk, page):
    sent = []
    page.goto(f"{desk}bookings/replytemplate/add/")
    page.route("**/replytemplate/add/", lambda route: sent.append(route))
    page.get_by_label("Title").fill("Thank you")
    page.get_by_label("Text").fill("Thank you.")

    page.locator("[name=_save]").evaluate(
        "(save) => [0, 300].forEach((wait) => setTimeout(() => save.click(), wait))"
    )
    page.wait_for_timeout(1000)

    assert len(sent) == 1
    sent[0].continue_()
    expect(page.get_by_text("was added successfully")).to_be_visible()


def test_ticking_rows_of_a_list_is_nothing_to_lose(desk, page, leave):
    page.goto(f"{desk}auth/group/")
    page.locator(".action-select").first.check()

    assert leave() == []
