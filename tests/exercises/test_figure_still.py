"""The small picture on the card of an exercise."""

from xml.etree import ElementTree as ET

import pytest
from django.template import Context, Template

from exercises.figures.contacts import settle
from exercises.figures.curves import number
from exercises.figures.poses import first_poses, read
from exercises.figures.render import thumbnail
from exercises.figures.svg import drawn_points
from exercises.figures.thumbnail import RATIO, frame
from exercises.models import Exercise

pytestmark = pytest.mark.same_on_any_database("what is drawn")

FIRST = first_poses()
every_drawing = pytest.mark.parametrize("slug", FIRST)


def last_pose(slug):
    drawing = read(FIRST[slug])
    pose = drawing.poses[-1]
    body = settle(pose.angles, pose.anchor, drawing.home)
    return drawn_points(body, drawing.view, drawing.muscles)


@every_drawing
def test_a_thumbnail_is_for_the_eye_only_and_has_no_id_that_could_stand_twice(slug):
    picture = ET.fromstring(thumbnail(FIRST[slug]))  # noqa: S314 - our own drawing

    assert picture.get("aria-hidden") == "true"
    assert [each for each in picture.iter() if each.get("id")] == []
    assert [each.tag for each in picture.iter() if each.tag in ("use", "text")] == []


@every_drawing
def test_a_thumbnail_is_light(slug):
    assert len(thumbnail(FIRST[slug])) < 16_000


@every_drawing
def test_all_thumbnails_have_one_shape_and_show_feet_and_floor(slug):
    points = last_pose(slug)
    box = frame(points)

    assert box.width / box.height == pytest.approx(RATIO)
    assert min(x for x, _ in points) > box.left
    assert max(x for x, _ in points) < box.left + box.width
    assert box.top + box.height >= 7


def test_who_lies_is_shown_whole():
    points = last_pose("glute-bridge")

    assert frame(points).top < min(y for _, y in points)


def test_the_thumbnail_is_the_last_pose():
    data = FIRST["glute-bridge"]
    other = data | {"poses": data["poses"][:1]}

    assert thumbnail(data) == thumbnail(data | {"poses": data["poses"][-1:]})
    assert thumbnail(data) != thumbnail(other)


@pytest.mark.parametrize("data", [{}, {"view": "above"}])
def test_a_card_goes_without_a_picture_that_cannot_be_drawn(data):
    template = Template("{% load figures %}{% still exercise %}")

    assert template.render(Context({"exercise": Exercise(figure=data)})) == ""


def test_the_view_box_says_what_the_frame_says():
    box = frame(last_pose("wall-push"))

    assert f'viewBox="{number(box.left, 1)} ' in thumbnail(FIRST["wall-push"])
