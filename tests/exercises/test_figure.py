import re
from itertools import pairwise
from math import atan2, cos, degrees, dist, sin
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from exercises.figures import skeleton
from exercises.figures.contacts import ANCHORS, TOLERANCE, settle
from exercises.figures.curves import hull, sampled
from exercises.figures.motion import STEPS, movement
from exercises.figures.poses import RANGES, PoseError, first_poses, read
from exercises.figures.render import (
    describe,
    labels,
    render_figure,
    validate_figure,
)
from exercises.figures.skeleton import frames
from exercises.figures.svg import drawn_points

pytestmark = pytest.mark.same_on_any_database("what is drawn")

SVG = "{http://www.w3.org/2000/svg}"
STANDING = {"label": "Stand", "anchor": "feet", "angles": {}}
FIRST = first_poses()
CSS = Path(__file__).parents[2] / "static/css/components/figure-motion.css"


def figure(**fields):
    return {"view": "side", "poses": [STANDING]} | fields


def posed(**fields):
    return figure(poses=[STANDING | fields])


def parsed(svg):
    return ET.fromstring(  # noqa: S314 - our own drawing
        str(svg).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    )


def settled(slug):
    drawing = read(FIRST[slug])
    return [settle(pose.angles, pose.anchor, drawing.home) for pose in drawing.poses]


def start(settled_body, segment):
    return settled_body.frames[segment].origin


def on_paper(number):
    return pytest.approx(number, abs=1e-6)


# Kinematics


def test_a_body_that_stands_has_its_joints_above_each_other():
    found = frames({})

    assert found["right_shank"].origin == on_paper(
        (-skeleton.HALF_HIPS, -skeleton.THIGH, 0)
    )
    assert found["right_foot"].origin == on_paper(
        (-skeleton.HALF_HIPS, -skeleton.THIGH - skeleton.SHANK, 0)
    )


@pytest.mark.parametrize(
    ("joint", "segment", "end"),
    [
        ("right_hip", "right_shank", (-skeleton.HALF_HIPS, 0, skeleton.THIGH)),
        (
            "right_hip_abduction",
            "right_shank",
            (-skeleton.HALF_HIPS - skeleton.THIGH, 0, 0),
        ),
        (
            "left_hip_abduction",
            "left_shank",
            (skeleton.HALF_HIPS + skeleton.THIGH, 0, 0),
        ),
        (
            "right_knee",
            "right_foot",
            (-skeleton.HALF_HIPS, -skeleton.THIGH, -skeleton.SHANK),
        ),
        ("trunk", "chest", (0, 0, skeleton.HIP_TO_WAIST)),
    ],
)
def test_a_right_angle_points_flexion_forward_abduction_out_and_a_knee_back(
    joint, segment, end
):
    assert frames({joint: 90})[segment].origin == on_paper(end)


def test_dorsiflexion_lifts_the_toes_and_plantarflexion_drops_them():
    up, down = frames({"right_ankle": 20}), frames({"right_ankle": -20})

    assert up["right_foot"].axis[1] > 0 > down["right_foot"].axis[1]


def test_a_pelvis_tilts_up_on_the_left_for_a_positive_angle():
    tilted = frames({"pelvis": 10})

    assert tilted["left_thigh"].origin[1] > tilted["right_thigh"].origin[1]


@given(
    st.fixed_dictionaries({joint: st.floats(*span) for joint, span in RANGES.items()})
)
def test_segments_keep_their_length_and_directions_stay_square_in_any_pose(angles):
    found = frames(angles)

    for side in ("left", "right"):
        joints = [found[f"{side}_{part}"].origin for part in ("thigh", "shank", "foot")]
        assert [dist(*pair) for pair in pairwise(joints)] == on_paper(
            [skeleton.THIGH, skeleton.SHANK]
        )
        arm = [found[f"{side}_{part}"].origin for part in ("upper_arm", "forearm")]
        assert dist(*arm) == on_paper(skeleton.UPPER_ARM)
    for frame in found.values():
        across = [
            sum(a * b for a, b in zip(*pair, strict=True))
            for pair in pairwise([frame.axis, frame.forward, frame.lateral])
        ]
        assert across == on_paper([0, 0])


# Contacts


@pytest.mark.parametrize("slug", FIRST)
def test_what_a_pose_names_touches_the_floor_and_nothing_goes_through_it(slug):
    drawing = read(FIRST[slug])

    for pose, stands in zip(drawing.poses, settled(slug), strict=True):
        for side in pose.anchor.feet:
            assert stands.lowest(f"{side}_foot", f"{side}_toes") == pytest.approx(
                0, abs=TOLERANCE
            )
        assert min(stands.lowest(segment) for segment in stands.frames) > -TOLERANCE


@pytest.mark.parametrize("slug", FIRST)
def test_on_the_way_the_standing_foot_stays_and_nothing_goes_through_the_floor(slug):
    drawing = read(FIRST[slug])

    for before, after in pairwise(drawing.poses):
        bodies = movement(before, after, drawing.home)
        assert len(bodies) == STEPS + 1
        for stands in bodies:
            ball = start(stands, f"{drawing.home}_toes")
            assert (ball[0], ball[2]) == on_paper((0, 0))
            assert min(stands.lowest(segment) for segment in stands.frames) > -1.2


@settings(max_examples=30, deadline=None)
@given(hip=st.floats(0, 60), knee=st.floats(60, 115))
def test_somebody_who_lies_has_shoulders_head_arms_and_feet_on_the_floor(hip, knee):
    angles = {
        f"{side}_{joint}": value
        for side in ("left", "right")
        for joint, value in (("hip", hip), ("knee", knee))
    }

    lying = settle(angles, ANCHORS["shoulders and feet"])

    assert lying.lowest("chest") == pytest.approx(0, abs=0.1)
    assert lying.lowest("left_foot", "right_foot") == pytest.approx(0, abs=0.1)
    assert lying.lowest("left_forearm", "right_forearm") == pytest.approx(0, abs=0.1)


# What a physical therapist looks for


@pytest.mark.parametrize("slug", ["glute-bridge", "single-leg-glute-bridge"])
def test_a_bridge_ends_in_a_straight_line_with_the_knee_over_the_heel(slug):
    top = settled(slug)[-1]
    shoulder, hip, knee = (
        start(top, f"right_{part}") for part in ("upper_arm", "thigh", "shank")
    )
    heel = top.frames["right_foot"].at(-skeleton.HEEL_BEHIND_ANKLE)

    slopes = [
        degrees(atan2(b[1] - a[1], b[2] - a[2]))
        for a, b in ((shoulder, hip), (hip, knee))
    ]
    assert slopes[0] == pytest.approx(slopes[1], abs=1)
    assert knee[2] == pytest.approx(heel[2], abs=3)
    assert top.lowest("chest") == pytest.approx(0, abs=TOLERANCE)
    assert top.lowest("head") == pytest.approx(0, abs=TOLERANCE)


@pytest.mark.parametrize("slug", ["glute-bridge", "single-leg-glute-bridge"])
def test_a_bridge_starts_with_the_hips_down_and_keeps_shoulders_and_feet_where_they_are(
    slug,
):
    first, *_, last = settled(slug)

    assert first.lowest("pelvis") == pytest.approx(0, abs=TOLERANCE)
    assert last.lowest("pelvis") > 12
    assert start(first, "right_foot")[2] == pytest.approx(
        start(last, "right_foot")[2], abs=0.1
    )
    assert start(first, "right_upper_arm")[2] == pytest.approx(
        start(last, "right_upper_arm")[2], abs=4
    )


def test_a_single_leg_bridge_holds_the_thighs_parallel_and_the_pelvis_level():
    top = settled("single-leg-glute-bridge")[-1]

    assert top.frames["left_thigh"].axis == on_paper(top.frames["right_thigh"].axis)
    assert top.frames["left_shank"].axis == on_paper(top.frames["left_thigh"].axis)
    assert start(top, "left_thigh")[1] == on_paper(start(top, "right_thigh")[1])


@pytest.mark.parametrize("slug", ["wall-push", "single-leg-balance"])
def test_who_stands_on_one_leg_keeps_the_pelvis_level_over_the_foot_and_the_trunk_upright(
    slug,
):
    last = settled(slug)[-1]

    assert start(last, "left_thigh")[1] == on_paper(start(last, "right_thigh")[1])
    assert last.frames["chest"].axis == on_paper((0, 1, 0))
    assert abs(start(last, "pelvis")[0]) < 8
    assert last.lowest("left_foot", "left_toes") > 1


def test_a_calf_raise_lifts_the_heels_with_straight_knees_and_the_toes_on_the_floor():
    down, up = settled("calf-raise")

    assert up.frames["right_foot"].at(-4, -skeleton.ANKLE_HEIGHT)[1] > 8
    assert up.lowest("right_toes") == pytest.approx(0, abs=TOLERANCE)
    assert up.angles.get("right_knee", 0) == 0
    assert start(up, "head")[1] - start(down, "head")[1] > 5
    assert abs(start(up, "pelvis")[2]) < 8


# Refusals


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (figure(poses=[]), "poses: a figure needs 1 to 8 poses."),
        (
            figure(view="top"),
            "view: must be one of side, front, back, side above, front above; not “top”.",
        ),
        (figure(colour="red"), "figure: there is no field “colour”."),
        (figure(poses="up"), "poses: must be a list."),
        (figure(person="me"), "person: must be one of short hair, bob, bun; not “me”."),
        (figure(muscles=["biceps"]), "muscles: must be one of"),
        (
            figure(props=["wall left"]),
            "props: must be one of floor, chair, chair to hold, step, rail, table, pillow, towel roll, ball, band, wall front, wall behind",
        ),
        (posed(label=" "), "poses[1].label: say in a few words what the pose is."),
        (posed(anchor="hands"), "poses[1].anchor: must be one of feet"),
        (posed(arrow="ear"), "poses[1].arrow: must be one of"),
        (posed(angles={"elbows": 10}), "poses[1].angles: there is no joint “elbows”."),
        (
            posed(angles={"knee": "90"}),
            "poses[1].angles.knee: must be a number of degrees.",
        ),
        (
            posed(angles={"knee": True}),
            "poses[1].angles.knee: must be a number of degrees.",
        ),
        (posed(angles={"knee": float("nan")}), "poses[1].angles.knee: nan is outside"),
        (
            posed(angles={"knee": 170}),
            "poses[1].angles.knee: 170 is outside what a body can do, -10 to 135.",
        ),
        (posed(angles={"left_hip": -45}), "poses[1].angles.left_hip: -45 is outside"),
        (posed(angles={"left_knee": 90}), "poses[1]: the left foot would be"),
        (posed(angles={"hip": 90}), "poses[1]: the "),
        (
            posed(angles={"knee": 60}),
            "poses[1]: left_ankle would have to be 60, outside -50",
        ),
        (
            posed(anchor="shoulders and feet", angles={"trunk": -90}),
            "poses[1].angles.trunk: follows",
        ),
        ([], "figure: must be a table of named values."),
    ],
)
def test_a_drawing_that_no_body_can_do_is_refused_by_the_name_of_its_field(
    data, message
):
    with pytest.raises(PoseError) as refused:
        read(data)
    with pytest.raises(ValidationError):
        validate_figure(data)

    assert str(refused.value).startswith(message)


def test_one_side_overrides_both_whatever_the_order():
    drawing = read(
        posed(
            anchor="right foot",
            angles={"left_hip": 40, "left_knee": 80, "knee": 0, "hip": 0},
        )
    )

    assert drawing.poses[0].angles["left_knee"] == 80
    assert drawing.poses[0].angles["right_knee"] == 0


# The drawing


@pytest.mark.parametrize("slug", FIRST)
def test_a_drawing_is_well_formed_holds_no_style_or_script_and_uses_what_it_defines(
    slug,
):
    svg = render_figure(FIRST[slug], title="Move")

    root = parsed(svg)
    assert root.get("role") == "img"
    assert {"width", "height"}.isdisjoint(root.attrib)
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        "svg", "title", "desc", "defs", "g", "path", "use", "rect", "circle", "text",
    }  # fmt: skip
    names = [name for element in root.iter() for name in element.attrib]
    assert not [name for name in names if name == "style" or name.startswith("on")]
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert {use.get("href")[1:] for use in root.iter(f"{SVG}use")} <= set(ids)


@pytest.mark.parametrize("slug", FIRST)
def test_the_view_box_holds_every_point_of_every_body(slug):
    drawing = read(FIRST[slug])
    root = parsed(render_figure(FIRST[slug], title="Move"))
    left, top, width, height = (
        float(root.find(f".//{SVG}svg").get(name))
        for name in ("x", "y", "width", "height")
    )

    before, after = drawing.poses[-2:]
    points = [
        point
        for stands in movement(before, after, drawing.home)
        for point in drawn_points(stands, drawing.view, drawing.muscles)
    ]

    assert left < min(x for x, _ in points) < max(x for x, _ in points) < left + width
    assert top < min(y for _, y in points) < max(y for _, y in points) < top + height


@pytest.mark.parametrize("slug", FIRST)
def test_every_pose_has_a_numbered_panel_and_no_two_overlap(slug):
    root = parsed(render_figure(FIRST[slug], title="Move"))
    _, _, width, height = map(float, root.get("viewBox").split())

    numbers = [text.text for text in root.iter(f"{SVG}text")]
    corners = []
    for pose in root.findall(f"{SVG}g"):
        x, y = map(float, re.findall(r"-?[\d.]+", pose.get("transform")))
        rect = pose.find(f"{SVG}rect")
        left, top, wide, high = (
            float(rect.get(name)) for name in ("x", "y", "width", "height")
        )
        corners.append((x + left, y + top, x + left + wide, y + top + high))

    assert numbers == [str(i + 1) for i in range(len(FIRST[slug]["poses"]))]
    assert all(a[2] <= b[0] or a[3] <= b[1] for a, b in pairwise(corners))
    assert max(corner[2] for corner in corners) == pytest.approx(width, abs=0.3)
    assert max(corner[3] for corner in corners) == pytest.approx(height, abs=0.3)


def test_the_alternative_text_names_the_view_every_pose_and_the_muscles():
    assert describe(FIRST["glute-bridge"], title="Glute bridge") == (
        "Glute bridge, seen from the side",
        "1: Lie on your back: lying on the back, shoulders and head down, hips down, knees bent, feet flat. "
        "2: Hips up: hips up, in line with shoulders and knees. Muscles at work: glutes.",
    )


@pytest.mark.parametrize("slug", FIRST)
def test_the_picture_carries_its_alternative_text_and_every_label(slug):
    root = parsed(render_figure(FIRST[slug], title="Move"))
    title, words = describe(FIRST[slug], title="Move")

    assert (root.find(f"{SVG}title").text, root.find(f"{SVG}desc").text) == (
        title,
        words,
    )
    assert all(label in words for label in labels(FIRST[slug]))


def test_a_hostile_title_or_label_stays_text():
    pose = STANDING | {"label": '</desc><script>alert("1")</script>'}

    data = {"view": "side", "poses": [pose]}
    svg = render_figure(data, title="<script>&", uid='x"><script>')

    assert "<script" not in svg
    assert parsed(svg).find(f"{SVG}title").text == "<script>&, seen from the side"


def test_the_same_data_gives_the_same_bytes_and_another_uid_other_ids():
    data = FIRST["calf-raise"]

    assert render_figure(data, title="A") == render_figure(
        dict(reversed(data.items())), title="A"
    )
    once, twice = (
        set(re.findall(r' id="([^"]+)"', render_figure(data, title="A", uid=uid)))
        for uid in "ab"
    )
    assert once.isdisjoint(twice)


def test_arrows_can_be_left_out_and_one_pose_has_none():
    data = FIRST["glute-bridge"]

    assert render_figure(data, title="A").count("figure__arrow") == 1
    assert "figure__arrow" not in render_figure(data, title="A", arrows=False)
    assert "figure__strip" not in render_figure(figure(), title="A")


@pytest.mark.parametrize("prop", ["wall front", "wall behind", "chair"])
def test_a_prop_is_drawn(prop):
    svg = render_figure(figure(props=["floor", prop]), title="A")

    assert f"figure__{prop.split()[0]}" in svg
    assert "figure__floor" in svg


def test_a_muscle_of_one_side_is_tinted_on_that_side_only():
    def tinted(*muscles):
        return render_figure(figure(view="front", muscles=muscles), title="A").count(
            "hip-abductors"
        )

    assert tinted("hip abductors") > tinted("left hip abductors") > tinted() == 0


def test_the_stylesheet_steps_through_as_many_bodies_as_are_drawn_and_stops_within_five_seconds():
    css = CSS.read_text(encoding="utf-8")

    assert set(re.findall(r"steps\((\d+)\)", css)) == {str(STEPS)}
    assert set(re.findall(r"translateX\((\d+)%\)", css)) == {str(100 * STEPS)}
    [(seconds, times)] = re.findall(r"figure-move ([\d.]+)s (\d+) alternate", css)
    assert float(seconds) * int(times) <= 5
    assert int(times) % 2 == 1


def test_a_curve_goes_through_its_points():
    square = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)]

    assert sampled(square, steps=4)[::4] == square


place = st.floats(-50, 50, allow_subnormal=False)


@given(st.lists(st.tuples(place, place), min_size=2, unique=True), st.floats(0, 7))
def test_a_hull_reaches_as_far_in_any_direction_as_all_its_points(points, direction):
    x, y = cos(direction), sin(direction)

    reach = [max(x * a + y * b for a, b in each) for each in (points, hull(points))]

    assert reach[0] == pytest.approx(reach[1], abs=1e-9)
