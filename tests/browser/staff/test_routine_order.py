"""The exercises of a routine change places: by the mouse, a finger, the keyboard, and by numbers alone."""

import re

import pytest
from django.contrib.auth.models import Permission
from playwright.sync_api import expect

from exercises.models import Routine
from tests.browser.axe import axe, without_policy

pytestmark = pytest.mark.browser

ROWS = "ordered-rows .inline-related.has_original"


@pytest.fixture
def routine(desk, page):
    routine = Routine.objects.get(slug="knee-strength-starter")
    page.goto(f"{desk}exercises/routine/{routine.pk}/change/")
    return routine


def titles(routine):
    return [item.exercise.title for item in routine.items.all()]


def shown(page):
    """The exercises of the form from top to bottom."""
    return [
        text.strip() for text in page.locator(f"{ROWS} .inline_label").all_inner_texts()
    ]


def test_an_editor_drags_with_the_mouse_moves_by_keyboard_and_sees_the_order(
    routine, page
):
    one, two, three, four = titles(routine)
    assert shown(page) == [one, two, three, four]
    drag(page, page.locator(ROWS).nth(3), page.locator(ROWS).nth(0))
    assert shown(page) == [four, one, two, three]

    down = page.get_by_role("button", name=f"Move {four} down")
    down.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    assert shown(page) == [one, two, four, three]
    expect(down).to_be_focused()
    expect(page.locator("ordered-rows output")).to_have_text(f"{four}: place 3 of 5.")

    page.get_by_role("button", name="Save and preview").click()
    expect(page.locator(".routine__title")).to_have_text([one, two, four, three])
    assert titles(routine) == [one, two, four, three]


def drag(page, row, onto):
    handle = row.locator(".ordered-rows__handle")
    handle.scroll_into_view_if_needed()
    box = handle.bounding_box()
    page.mouse.move(box["x"] + 5, box["y"] + 5)
    page.mouse.down()
    page.mouse.move(box["x"] + 5, box["y"] - 5)
    target = onto.locator("h3").bounding_box()
    page.mouse.move(target["x"] + 20, target["y"] + 2, steps=8)
    page.mouse.up()


@pytest.mark.browser_context_args(
    has_touch=True, viewport={"width": 820, "height": 1180}
)
def test_a_finger_drags_a_row_on_a_tablet(routine, page):
    one, two, three, four = titles(routine)
    rows = page.locator(ROWS)
    handle = rows.nth(1).locator(".ordered-rows__handle")
    handle.scroll_into_view_if_needed()
    screen = page.context.new_cdp_session(page)

    def touch(kind, x, y):
        points = [] if kind == "touchEnd" else [{"x": x, "y": y}]
        screen.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    box = handle.bounding_box()
    x, y = box["x"] + 5, box["y"] + 5
    touch("touchStart", x, y)
    touch("touchMove", x, y - 5)
    top = rows.nth(0).locator("h3").bounding_box()["y"] + 2
    for step in range(1, 9):
        touch("touchMove", x, y + (top - y) * step / 8)
    touch("touchEnd", x, top)

    assert shown(page) == [two, one, three, four]
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert titles(routine) == [two, one, three, four]


def test_who_may_only_look_sees_the_order_and_no_handle(routine, page, staff):
    staff.is_superuser = False
    staff.save()
    look = ["view_routine", "view_routineitem", "view_exercise"]
    staff.user_permissions.set(Permission.objects.filter(codename__in=look))

    page.reload()

    expect(page.locator(f"{ROWS} .inline_label")).to_have_text(titles(routine))
    expect(page.locator(".ordered-rows__handle")).to_have_count(0)


def test_an_added_row_is_moved_to_the_top_and_another_one_taken_away_again(
    routine, page
):
    before = titles(routine)
    page.get_by_text("Add another Exercise in this routine").click()
    page.get_by_text("Add another Exercise in this routine").click()
    choose(page, "items-5", "Single-leg glute bridge")
    move_up = page.locator("#items-5").get_by_role("button", name=re.compile("up$"))
    for _ in range(5):
        move_up.click()
    page.locator("#items-6 .inline-deletelink").click()

    page.get_by_role("button", name="Save and continue editing").click()

    expect(page.locator(".messagelist .success")).to_be_visible()
    assert titles(routine) == ["Single-leg glute bridge", *before]


def choose(page, row, title):
    page.locator(f"#{row} .select2-selection").click()
    page.locator(".select2-search__field").fill(title)
    page.locator(".select2-results__option", has_text=title).first.click()


def test_a_dose_is_given_in_the_row_and_what_is_wrong_is_told_there(routine, page):
    row = page.locator("#items-0")
    row.get_by_text("Another dose here").click()
    row.get_by_label("Repetitions:").fill("12-8")
    page.get_by_role("button", name="Save and continue editing").click()
    row = page.locator("#items-0")
    expect(row.locator(".errorlist").first).to_be_visible()
    expect(row.get_by_text("A range runs upward")).to_be_visible()

    row.get_by_label("Repetitions:").fill("12-16")
    row.get_by_label("Source:").fill("The clinic's own sheet")
    page.get_by_role("button", name="Save and continue editing").click()

    expect(page.locator("#items-0 .field-dose_here .readonly")).to_have_text(
        "12 to 16 repetitions"
    )


class TestWithoutScript:
    @pytest.fixture
    def browser_context_args(self, browser_context_args):
        return {**browser_context_args, "java_script_enabled": False}

    def test_numbers_alone_put_exercises_in_order(self, routine, page):
        one, *others = titles(routine)
        page.locator("input[name=items-0-position]").fill("9")

        page.get_by_role("button", name="Save and preview").click()

        expect(page.locator(".routine__title")).to_have_text([*others, one])


@without_policy
def test_axe_finds_nothing_on_the_form_of_a_routine(routine, page):
    page.locator("#items-0").get_by_text("Another dose here").click()

    assert axe(page) == []
