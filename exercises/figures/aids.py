"""What a body holds or wears for an exercise, and what therefore moves with it: a ball between the knees, a band around them."""

from math import dist

from exercises.figures.projection import Matrix, project
from exercises.figures.skeleton import Frame

AIDS = {
    "ball": "a soft ball between the knees",
    "band": "a band around the thighs, above the knees",
}
ABOVE_THE_KNEES = 33.0  # cm from the hip
THICKNESS = 6.0  # half of a thigh there


def lies(frames: dict[str, Frame], aid: str, view: str) -> Matrix:
    """What takes the outline of an aid to paper: a ball is round from everywhere, a band reaches from thigh to thigh."""
    along = 37.0 if aid == "ball" else ABOVE_THE_KNEES
    left, right = (
        project(frames[f"{side}_thigh"].at(along), view) for side in ("left", "right")
    )
    x, y = (left[0] + right[0]) / 2, (left[1] + right[1]) / 2
    if aid == "ball":
        return 1.0, 0.0, 0.0, 1.0, x, y
    apart = dist(left, right) or 1.0
    ahead_x, ahead_y = (right[0] - left[0]) / apart, (right[1] - left[1]) / apart
    reach = apart / 2 + THICKNESS
    return ahead_y, -ahead_x, reach * ahead_x, reach * ahead_y, x, y
