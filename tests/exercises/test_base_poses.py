"""The shelf of poses that a new drawing starts from, and what carries a body that lies or kneels."""

import pytest

from exercises.figures.contacts import settle
from exercises.figures.poses import RANGES, PoseError, base_poses, read
from exercises.figures.render import describe, render_figure
from tests.exercises.test_figure import parsed

BASES = base_poses()
SHELF = {
    "Lying on the back": "lying on the back",
    "Lying on the back, knees bent": "lying on the back, shoulders and head down",
    "Lying on the front": "lying on the front",
    "Lying on the side": "lying on the right side",
    "Sitting on a chair": "sitting",
    "Sitting on the floor": "sitting on the floor",
    "Standing": "standing",
    "On hands and knees": "on hands and knees",
    "Half kneeling": "kneeling on one knee",
}


def bodies(name):
    drawing = read(BASES[name])
    return [
        (pose, settle(pose.angles, pose.anchor, drawing.home)) for pose in drawing.poses
    ]


def lying(anchor, **angles):
    pose = {"label": "Lie", "anchor": anchor, "angles": angles}
    return {"view": "front", "poses": [pose]}


@pytest.mark.parametrize("name", SHELF)
def test_a_base_pose_is_drawn_twice_and_described_as_what_it_is(name):
    assert len(BASES[name]["poses"]) == 2
    assert parsed(render_figure(BASES[name], title=name)) is not None
    _, _, facts = describe(BASES[name], title=name)[1].split(": ")[:3]
    assert facts.startswith(SHELF[name])


def test_the_shelf_holds_no_pose_that_is_not_tried():
    assert BASES.keys() == SHELF.keys()


@pytest.mark.parametrize("name", SHELF)
def test_what_carries_a_base_pose_is_on_the_floor_and_nothing_goes_through_it(name):
    for pose, body in bodies(name):
        lowest = min(body.lowest(segment) for segment in body.frames)
        assert lowest > -0.8
        if not pose.anchor.is_sideways:
            assert all(body.lowest(part) < 5 for part in pose.anchor.rests)


@pytest.mark.parametrize(
    ("anchor", "angles", "words"),
    [
        ("back", {}, "poses[1]: the chest would be"),
        ("front", {"trunk": 60}, "poses[1]: the chest would be"),
        ("left side", {"lean": 20}, "poses[1]: lean would have to be 60 or more"),
        ("hands and knees", {"trunk": 70, "hip": 70}, "poses[1]: the left forearm"),
    ],
)
def test_who_would_float_is_refused_with_the_part_that_does(anchor, angles, words):
    with pytest.raises(PoseError) as refused:
        read(lying(anchor, **angles))

    assert str(refused.value).startswith(words)


def test_a_body_that_is_still_being_drawn_may_float_but_no_joint_leaves_its_range():
    assert read(lying("back"), stands=False).poses[0].angles == {}
    with pytest.raises(PoseError, match="lean: 120 is outside"):
        read(lying("right side", lean=120), stands=False)


@pytest.mark.parametrize("joint", RANGES)
def test_every_range_holds_the_angle_of_quiet_standing(joint):
    low, high = RANGES[joint]

    assert low < 0 < high
