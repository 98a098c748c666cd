"""A clinician draws an exercise without a line of JSON: with sliders, by dragging, with keys, and without a script."""

import re

import pytest
from playwright.sync_api import expect

from exercises.models import Exercise
from kneecare.clinic.models import Clinician
from tests.browser.axe import axe_at_both_sizes, without_policy

pytestmark = pytest.mark.browser


@pytest.fixture
def editor(desk, page):
    """The editor in the form of a new exercise."""
    page.goto(f"{desk}exercises/exercise/add/")
    return page.locator("pose-editor")


def start_from(editor, name):
    editor.get_by_role("button", name=name, exact=True).click()
    expect(editor.locator(".pose")).to_have_count(2)
    expect(editor.locator(".pose-handle").first).to_be_visible()


def position(editor, name):
    """The fields of a position, with those of the legs unfolded."""
    pose = editor.get_by_role("group", name=name, exact=True)
    legs = pose.locator("details").first
    if legs.get_attribute("open") is None:
        legs.locator("summary").click()
    return pose


def number(pose, joint, side="Both"):
    return pose.get_by_role("spinbutton", name=re.compile(rf"^{joint}.*{side}$"))


def handle(pose, name):
    return pose.get_by_role("slider", name=re.compile(rf"^{name}:"))


def joint(pose, name):
    """The angle of a joint as the drawing has it now."""
    return pose.locator(f'.pose-handle[data-joint="{name}"]')


def drag(page, grip, by):
    box = grip.locator(".pose-handle__dot").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(1, 7):
        page.mouse.move(x + by[0] * step / 6, y + by[1] * step / 6)
    page.mouse.up()


def finger(page):
    """What puts a finger on the screen, moves it and takes it away."""
    screen = page.context.new_cdp_session(page)

    def touch(kind, x, y):
        points = [] if kind == "touchEnd" else [{"x": x, "y": y}]
        screen.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    return touch


def fill_in(page, title):
    typed = {"title": title, "summary": "A kick.", "steps": "Stand.\nKick."}
    for name, words in typed.items():
        page.locator(f"#exercise_form [name={name}]").fill(words)
    page.locator("select[name=author]").evaluate(
        """(select, pk) => { select.add(new Option("x", pk, true, true)); }""",
        Clinician.objects.first().pk,
    )


def test_a_new_exercise_is_drawn_from_a_base_pose_and_seen_on_its_page(
    editor, site, page
):
    fill_in(page, "Kick up")
    start_from(editor, "Standing")
    end = position(editor, "End position")
    end.get_by_label("What it is, in a few words").fill("Kick to the back")
    end.get_by_label("What carries the body").select_option("Standing: left foot")
    end.get_by_label("Left and right together").uncheck()

    knee = end.get_by_role("slider", name=re.compile("^Knee.*Right$"))
    knee.fill("70")
    expect(joint(end, "right_knee")).to_have_attribute("aria-valuenow", "70")
    expect(number(end, "Knee", "Right")).to_have_value("70")

    drag(page, joint(end, "right_hip"), (40, -10))
    expect(number(end, "Hip: thigh", "Right")).not_to_have_value("")
    dragged = int(number(end, "Hip: thigh", "Right").input_value())
    assert 10 < dragged < 60
    expect(joint(end, "right_hip")).to_have_attribute("aria-valuenow", str(dragged))

    end.get_by_text("Arms", exact=True).click()
    joint(end, "right_elbow").focus()
    for key in ["ArrowUp", "ArrowUp", "Shift+ArrowUp", "ArrowDown"]:
        page.keyboard.press(key)
    expect(number(end, "Elbow", "Right")).to_have_value("25")
    expect(joint(end, "right_elbow")).to_have_attribute("aria-valuenow", "25")
    expect(joint(end, "right_elbow")).to_be_focused()

    editor.get_by_label("Quads").select_option("Right side")
    expect(editor.locator(".pose-sheet .figure__work").first).to_be_attached()
    expect(editor.get_by_role("status").first).to_have_text("")
    page.get_by_role("button", name="Save and continue editing").click()

    expect(page.locator(".messagelist .success")).to_be_visible()
    exercise = Exercise.objects.get(slug="kick-up")
    angles = exercise.figure["poses"][1]["angles"]
    assert (angles["right_knee"], angles["right_hip"]) == (70, dragged)
    assert exercise.figure["muscles"] == ["right quads"]
    page.goto(f"{site}{exercise.get_absolute_url()}preview/")
    drawing = page.get_by_role("img", name="Kick up, seen from the side")
    expect(drawing).to_be_visible()
    expect(page.get_by_text("Kick to the back", exact=True)).to_be_visible()
    expect(drawing.locator(".figure__arrow")).to_have_count(1)


def test_what_was_drawn_is_undone_and_done_again(editor, page):
    undo, redo = (editor.get_by_role("button", name=each) for each in ["Undo", "Redo"])
    start_from(editor, "Lying on the front")
    end = position(editor, "End position")
    number(end, "Knee").fill("60")
    number(end, "Knee").press("Tab")
    expect(joint(end, "right_knee")).to_have_attribute("aria-valuenow", "60")

    undo.click()
    expect(number(end, "Knee")).to_have_value("11")
    expect(joint(end, "right_knee")).to_have_attribute("aria-valuenow", "11")
    undo.click()
    expect(editor.locator(".pose")).to_have_count(0)
    expect(undo).to_be_focused()
    expect(undo).to_have_attribute("aria-disabled", "true")

    redo.click()
    expect(editor.locator(".pose")).to_have_count(2)
    redo.click()
    expect(number(end, "Knee")).to_have_value("60")


def test_ctrl_z_takes_back_what_was_turned_last_and_not_what_was_typed_before(
    editor, page
):
    start_from(editor, "Standing")
    end = position(editor, "End position")
    number(end, "Knee").fill("20")
    number(end, "Knee").press("Tab")
    joint(end, "right_knee").focus()
    page.keyboard.press("ArrowUp")
    expect(number(end, "Knee")).to_have_value("21")

    page.keyboard.press("Control+z")
    expect(number(end, "Knee")).to_have_value("20")
    page.keyboard.press("Control+z")
    expect(number(end, "Knee")).not_to_have_value("20")
    page.keyboard.press("Control+Shift+z")
    expect(number(end, "Knee")).to_have_value("20")


def test_a_dot_says_which_joint_it_turns_and_stays_below_the_pointer(editor, page):
    start_from(editor, "Lying on the side")
    end = position(editor, "End position")
    end.get_by_label("Left and right together").uncheck()
    stage = end.locator("[data-part=stage]")
    grip = joint(end, "left_hip_abduction")
    grip.hover()
    expect(stage).to_have_attribute(
        "data-held", re.compile("^Left hip: leg out to the side: -?\\d+°$")
    )
    pivot = grip.get_attribute("data-pivot")
    paper = stage.locator("svg").get_attribute("viewBox")

    box = grip.locator(".pose-handle__dot").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"], box["y"] - 60, steps=6)
    expect(grip).to_have_attribute("aria-valuenow", "45")

    assert stage.locator("svg").get_attribute("viewBox") == paper
    assert grip.get_attribute("data-pivot") == pivot
    page.mouse.up()
    expect(stage.locator("svg")).not_to_have_attribute("viewBox", paper)


def test_a_wheel_scrolls_and_enter_ends_a_number_and_neither_changes_nor_sends_it(
    editor, page
):
    start_from(editor, "Standing")
    knee = number(position(editor, "Start position"), "Knee")
    knee.fill("20")
    knee.press("Enter")
    expect(knee).to_have_value("20")
    assert page.url.endswith("/exercise/add/")
    knee.hover()
    top = page.evaluate("scrollY")

    page.mouse.wheel(0, 300)

    page.wait_for_function("(top) => scrollY > top + 100", arg=top)
    expect(knee).to_have_value("20")


def test_the_body_of_the_position_before_is_a_start(editor):
    start_from(editor, "Standing")
    number(position(editor, "Start position"), "Knee").fill("33")
    end = position(editor, "End position")

    end.get_by_role("button", name="Place the body as in the position before").click()

    expect(number(end, "Knee")).to_have_value("33")


def test_beyond_the_range_of_a_joint_the_words_name_it_and_the_number_stays(
    editor, complaints
):
    start_from(editor, "Standing")
    start = position(editor, "Start position")

    number(start, "Knee").fill("170")

    expect(editor.get_by_role("status").first).to_have_text(
        "Start position, knee: 170 is outside what a body can do, -10 to 135."
    )
    expect(number(start, "Knee")).to_have_value("170")
    expect(start.locator(".pose-handle").first).to_be_visible()
    assert number(start, "Knee").evaluate("(field) => getComputedStyle(field).borderColor") != number(start, "Ankle").evaluate("(field) => getComputedStyle(field).borderColor")  # fmt: skip
    number(start, "Knee").fill("0")
    expect(editor.get_by_role("status").first).to_have_text("")
    assert all("400" in each for each in complaints)
    complaints.clear()


def test_who_drags_the_trunk_keeps_the_legs_and_drags_one_joint_of_both_sides(
    editor, page
):
    start_from(editor, "Standing")
    end = position(editor, "End position")
    end.get_by_text("Trunk and head").click()

    drag(page, joint(end, "trunk"), (60, 10))

    expect(number(end, "Whole body: leaning", "forward")).not_to_have_value("")
    lean = number(end, "Whole body: leaning", "forward").input_value()
    assert int(lean) > 10
    expect(number(end, "Hip: thigh")).to_have_value(lean)
    expect(end.locator("input[name$=left_hip]")).to_have_value(lean)


def test_an_expert_changes_the_json_and_the_fields_follow(editor, page):
    start_from(editor, "Standing")
    editor.get_by_text("For experts").click()
    json = editor.get_by_label("The drawing as JSON")

    json.fill(json.input_value().replace('"elbow": 14', '"elbow": 90'))
    json.press("Tab")

    start = position(editor, "Start position")
    start.get_by_text("Arms", exact=True).click()
    expect(number(start, "Elbow")).to_have_value("90")


def test_the_drawing_of_another_exercise_is_a_start(editor):
    editor.get_by_label("Or copy the drawing of").select_option("Glute bridge")
    editor.get_by_role("button", name="Copy it").click()

    expect(editor.get_by_label("What it is, in a few words").last).to_have_value(
        "Hips up"
    )


@pytest.mark.browser_context_args(
    has_touch=True, viewport={"width": 390, "height": 844}
)
def test_a_finger_turns_a_joint_on_a_phone(editor, page):
    start_from(editor, "Lying on the front")
    end = position(editor, "End position")
    grip = joint(end, "right_knee")
    grip.scroll_into_view_if_needed()
    box = grip.locator(".pose-handle__dot").bounding_box()
    touch = finger(page)
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    touch("touchStart", x, y)
    for step in range(1, 13):
        touch("touchMove", x + 3 * step, y - 6 * step)
    touch("touchEnd", x, y)

    # All the way: a page that scrolled would have taken the finger after some pixels.
    expect(number(end, "Knee")).to_have_value(re.compile(r"^(5\d|[6-9]\d|1\d\d)$"))


@pytest.mark.browser_context_args(
    has_touch=True, viewport={"width": 390, "height": 844}
)
def test_a_thumb_that_scrolls_over_a_slider_leaves_the_pose_as_it_is(editor, page):
    start_from(editor, "Standing")
    knee = position(editor, "Start position").get_by_role(
        "slider", name=re.compile("^Knee")
    )
    knee.evaluate('(slider) => slider.scrollIntoView({ block: "center" })')
    before, box = knee.input_value(), knee.bounding_box()
    top = page.evaluate("scrollY")
    touch = finger(page)

    x, y = box["x"] + box["width"] * 0.8, box["y"] + box["height"] / 2
    touch("touchStart", x, y)
    for step in range(1, 12):
        touch("touchMove", x, y - 15 * step)
    touch("touchEnd", x, y)

    assert page.evaluate("scrollY") > top + 100
    expect(knee).to_have_value(before)


class TestWithoutScript:
    @pytest.fixture
    def browser_context_args(self, browser_context_args):
        return {**browser_context_args, "java_script_enabled": False}

    def test_numbers_and_a_preview_button_draw_and_nothing_is_saved(self, editor, page):
        page.get_by_label("Title:").fill("Typed")
        editor.get_by_role("button", name="Sitting on a chair").click()
        end = position(editor, "End position")
        number(end, "Knee", "Right").fill("10")
        number(end, "Hip: thigh", "Right").fill("84")
        editor.get_by_role("button", name="Preview").click()

        expect(page.get_by_label("Title:")).to_have_value("Typed")
        expect(number(end, "Knee", "Right")).to_have_value("10")
        expect(editor.locator(".pose-sheet svg").first).to_be_visible()
        expect(editor.locator(".pose-editor__words")).to_have_text(
            re.compile("^End position: the right foot would be")
        )
        assert not Exercise.objects.filter(title="Typed").exists()


@without_policy
def test_axe_finds_nothing_in_the_editor(editor, page):
    start_from(editor, "Standing")
    editor.evaluate(
        "(all) => all.querySelectorAll('details').forEach((each) => { each.open = true; })"
    )

    assert axe_at_both_sizes(page, "pose-editor") == []
