"""The drawings of the exercises that a new site starts with."""

from collections import Counter
from itertools import pairwise

import pytest

from exercises.figures.contacts import settle
from exercises.figures.curves import path
from exercises.figures.layout import Sheet
from exercises.figures.motion import movement
from exercises.figures.outlines import HAIR, OUTLINES, PEOPLE
from exercises.figures.poses import read
from exercises.figures.projection import is_above, project
from exercises.figures.render import describe, render_figure, thumbnail
from tests.exercises.drawings import DRAWN, PAGES

pytestmark = pytest.mark.same_on_any_database("what is drawn")

every_drawing = pytest.mark.parametrize("slug", sorted(DRAWN))


def settled(slug):
    drawing = read(DRAWN[slug])
    return [settle(pose.angles, pose.anchor, drawing.home) for pose in drawing.poses]


def height(body, segment, along=0.0, across=0.0):
    return body.frames[segment].at(along, across)[1]


def test_every_exercise_that_a_new_site_starts_with_is_drawn():
    assert sorted(PAGES) == sorted(PAGES.keys() & DRAWN.keys())


@every_drawing
def test_nobody_sinks_into_the_floor_on_the_way_from_one_pose_to_the_next(slug):
    drawing = read(DRAWN[slug])

    for before, after in pairwise(drawing.poses):
        for body in movement(before, after, drawing.home):
            assert min(body.lowest(segment) for segment in body.frames) > -1.5


@every_drawing
def test_the_sheet_holds_every_body_and_every_thing_and_no_number_stands_on_a_body(
    slug,
):
    sheet = Sheet(read(DRAWN[slug]), arrows=True)

    for panel, box in zip(sheet.panels, sheet.boxes, strict=True):
        points = panel.points(sheet.drawing)
        things = [point for thing in sheet.things for point in thing.corners]
        for x, y in [*points, *things]:
            assert box.left < x < box.left + box.width
            assert box.top < y < box.top + box.height
        badge = sheet.badge(box)
        assert min(abs(complex(x - badge[0], y - badge[1])) for x, y in points) > 7


@every_drawing
def test_a_drawing_says_in_words_what_there_is_to_hold_and_draws_it(slug):
    data = DRAWN[slug]
    words = " ".join(describe(data, title="Move"))
    svg = render_figure(data, title="Move")

    for prop, told, drawn in [
        ("chair to hold", "a chair to hold", "figure__chair"),
        ("step", "a low step", "figure__step"),
        ("rail", "a rail to hold", "figure__rail"),
        ("table", "a table to hold", "figure__rail"),
        ("pillow", "a pillow under the hips", "figure__soft"),
        ("towel roll", "a rolled towel under the right knee", "figure__soft"),
        ("ball", "a soft ball between the knees", "figure__ball"),
        ("band", "a band around the thighs", "figure__band"),
    ]:
        assert (told in words) is (prop in data["props"])
        assert prop not in data["props"] or drawn in svg


# What a physical therapist looks for


def test_who_steps_up_begins_and_ends_with_the_whole_foot_on_the_step():
    for body in settled("step-up"):
        assert body.lowest("right_foot", "right_toes") == pytest.approx(10, abs=0.8)
    before, after = settled("step-up")
    assert before.lowest("left_foot", "left_toes") == pytest.approx(0, abs=0.8)
    assert after.lowest("left_foot", "left_toes") >= 10


def test_who_steps_down_touches_the_floor_with_the_heel_alone_in_front_of_the_step():
    before, after = settled("step-down")

    assert before.lowest("left_foot", "left_toes") > 12
    assert after.lowest("left_foot") == pytest.approx(0, abs=0.8)
    assert height(after, "left_toes") > 4
    assert after.lowest("right_foot", "right_toes") == pytest.approx(10, abs=0.8)


HELD = {"rail": 92, "chair to hold": 87}  # where a palm is, in centimetres


@pytest.mark.parametrize(
    ("slug", "prop"),
    [(slug, prop) for prop in HELD for slug in DRAWN if prop in DRAWN[slug]["props"]],
)
def test_a_hand_lies_on_what_there_is_to_hold_in_each_pose_and_does_not_slide(
    slug, prop
):
    view = DRAWN[slug]["view"]
    palms = [
        project(body.frames["left_forearm"].at(31), view) for body in settled(slug)
    ]

    for across, down in palms:
        assert -down == pytest.approx(HELD[prop], abs=3)
        assert prop == "rail" or across == pytest.approx(palms[0][0], abs=2)


@every_drawing
def test_who_stands_has_what_the_page_says_to_hold(slug):
    page = PAGES[slug]
    says = page.get("hold_on_to", "") + " ".join(page["steps"]).lower()

    if any(
        word in says
        for word in ("hold on", "a hand on", "one hand", "chair that cannot")
    ):
        held = {"chair to hold", "rail", "table", "wall front", "chair"}
        assert held & {*DRAWN[slug]["props"]}


def test_an_arm_that_holds_on_says_nothing_about_the_side_at_work():
    assert read(DRAWN["calf-raise"]).side_at_work == ""


def test_a_short_arc_keeps_the_knee_where_it_is_on_its_roll():
    bent, straight = settled("short-arc-quad")

    assert bent.frames["right_shank"].origin == pytest.approx(
        straight.frames["right_shank"].origin, abs=0.5
    )
    assert bent.lowest("right_foot") == pytest.approx(0, abs=0.8)
    assert straight.lowest("right_foot") > 20
    # 4 to 6 inches, as the page says
    assert 10 <= height(straight, "right_thigh", 38.65, -5.3) <= 15.5


def test_a_clamshell_keeps_the_feet_together_and_the_trunk_still():
    closed, opened = settled("clamshell")

    feet = [
        [opened.frames[f"{side}_foot"].origin for side in ("left", "right")],
        [closed.frames[f"{side}_foot"].origin for side in ("left", "right")],
    ]
    for left, right in feet:
        assert right[0] == pytest.approx(left[0], abs=2)
        assert right[2] == pytest.approx(left[2], abs=2)
        assert right[1] - left[1] == pytest.approx(7.5, abs=2)
    assert height(opened, "right_shank") - height(closed, "right_shank") > 15
    assert opened.frames["chest"] == closed.frames["chest"]


def test_a_side_lying_leg_lift_is_six_to_eight_inches_and_does_not_turn_the_toes_up():
    down, up = settled("side-lying-leg-lift")

    lifted = height(up, "right_foot") - height(down, "right_foot")
    assert 6 * 2.54 <= lifted <= 8 * 2.54
    assert abs(up.frames["right_foot"].axis[1]) < 0.1
    assert up.angles.get("right_knee", 0) == 0


def test_a_prone_leg_lift_is_small_and_the_hips_lie_on_a_pillow():
    down, up = settled("prone-leg-lift")

    assert 8 < up.lowest("right_foot", "right_toes") < 16
    assert 3 < down.lowest("pelvis") < 6
    assert down.frames["pelvis"] == up.frames["pelvis"]


def test_an_it_band_stretch_crosses_the_leg_by_the_wall_behind_and_moves_that_hip_to_the_wall():
    upright, leaning = settled("it-band-stretch")

    for body in (upright, leaning):
        left, right = (body.frames[f"{side}_toes"].origin for side in ("left", "right"))
        assert left[0] < right[0]
        assert left[2] < right[2] - 8
        assert body.angles.get("left_knee", 0) == 0
    hip = [body.frames["left_thigh"].origin[0] for body in (upright, leaning)]
    head = [body.frames["head"].origin[0] for body in (upright, leaning)]
    assert hip[1] - hip[0] > 5
    assert head[1] < head[0]


def test_a_seated_knee_extension_straightens_one_knee_and_leaves_thighs_and_back_where_they_are():
    bent, straight = settled("seated-knee-extension")

    assert straight.frames["chest"].axis == bent.frames["chest"].axis
    assert straight.frames["right_thigh"].axis == bent.frames["right_thigh"].axis
    assert straight.angles["right_knee"] < 5
    assert straight.lowest("left_foot") == pytest.approx(0, abs=0.8)


def test_side_steps_stay_at_the_same_height():
    start, out = settled("band-side-step")

    assert height(out, "pelvis") == pytest.approx(height(start, "pelvis"), abs=1)


# Who is drawn


def test_the_library_shows_several_people_and_always_the_same_one_for_an_exercise():
    people = Counter(read(DRAWN[slug]).person for slug in DRAWN)

    assert people.keys() == {*PEOPLE}
    assert min(people.values()) >= len(DRAWN) // 4


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize(("view", "eyes"), [("side", 1), ("front", 2), ("back", 0)])
def test_a_face_has_the_eyes_that_one_sees_from_there_and_hair_of_its_own(
    view, eyes, person
):
    pose = {"label": "Stand", "anchor": "feet", "angles": {}}
    data = {"view": view, "poses": [pose], "person": person}

    svg = thumbnail(data)

    assert svg.count("figure__face") == eyes
    assert svg.count("figure__hair") == 1
    assert path(OUTLINES[view][person if person in HAIR else "hair"]) in svg
    assert svg.count("figure__shoe") + svg.count("figure__far-shoe") >= 2
    assert (f"figure--{person}" in svg) is (person in HAIR)


# Seen from above


def test_a_far_leg_stands_higher_on_paper_when_one_looks_down_on_it():
    near, far = (project((x, 0.0, 0.0), "side above")[1] for x in (-9.0, 9.0))

    assert far < near
    assert is_above("front above")
    assert not is_above("front")
