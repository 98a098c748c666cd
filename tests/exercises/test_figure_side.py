"""Which side works in a drawing: the player mirrors it for the other."""

import pytest

from exercises.figures.poses import first_poses, read
from exercises.templatetags.figures import side_at_work, tints_muscles
from tests.exercises.printed import make_item

pytestmark = pytest.mark.same_on_any_database("what is drawn")
FIRST = first_poses()


@pytest.mark.parametrize(
    ("slug", "side"),
    [
        ("glute-bridge", ""),
        ("calf-raise", ""),
        ("single-leg-glute-bridge", "right"),  # whose glutes are named
        ("single-leg-balance", "right"),  # whose hip is, though the left leg moves
        ("wall-push", "left"),  # the leg that moves
    ],
)
def test_the_side_that_works_is_named_or_moves_more(slug, side):
    assert read(FIRST[slug]).side_at_work == side


def test_a_single_pose_or_no_drawing_has_no_side():
    one = {"view": "side", "poses": FIRST["calf-raise"]["poses"][:1]}

    assert read(one).side_at_work == ""
    assert side_at_work(make_item(figure={}).exercise) == ""
    assert side_at_work(make_item(figure={"view": "x"}).exercise) == ""


def test_a_legend_is_for_drawings_with_muscles():
    plain = {**FIRST["calf-raise"], "muscles": []}

    assert tints_muscles(make_item().exercise)
    assert not tints_muscles(make_item(figure=plain).exercise)
    assert not tints_muscles(make_item(figure={}).exercise)
