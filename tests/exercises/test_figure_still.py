"""The small picture on the card of an exercise."""

from xml.etree import ElementTree as ET

import pytest
from django.template import Context, Template

from exercises.figures.contacts import settle
from exercises.figures.curves import number
from exercises.figures.layout import Sheet
from exercises.figures.poses import first_poses, read
from exercises.figures.render import thumbnail
from exercises.figures.svg import drawn_points
from exercises.figures.thumbnail import RATIO, frame
from exercises.models import Exercise
from tests.exercises.drawings import DRAWN

pytestmark = pytest.mark.same_on_any_database("what is drawn")

FIRST = first_poses()
every_drawing = pytest.mark.parametrize("slug", FIRST)


def last_pose(slug):
    drawing = read(DRAWN[slug])
    pose = drawing.poses[-1]
    body = settle(pose.angles, pose.anchor, drawing.home)
    return drawn_points(body, drawing.view, drawing.muscles, drawing.worn)


@every_drawing
def test_a_thumbnail_is_for_the_eye_only_and_has_no_id_that_could_stand_twice(slug):
    picture = ET.fromstring(thumbnail(FIRST[slug]))  # noqa: S314 - our own drawing

    assert picture.get("aria-hidden") == "true"
    assert [each for each in picture.iter() if each.get("id")] == []
    assert [each.tag for each in picture.iter() if each.tag in ("use", "text")] == []


@pytest.mark.parametrize("slug", DRAWN)
def test_a_thumbnail_is_light(slug):
    assert len(thumbnail(DRAWN[slug])) < 16_000


def shown(slug):
    """Left, top, width and height of what a thumbnail shows."""
    return [float(each) for each in thumbnail(DRAWN[slug]).split('"')[3].split()]


@pytest.mark.parametrize("slug", DRAWN)
def test_every_thumbnail_shows_a_whole_body_head_and_feet_and_what_it_stands_by(slug):
    left, top, width, height = shown(slug)
    sheet = Sheet(read(DRAWN[slug]), arrows=False)
    things = [point for thing in sheet.things for point in thing.corners]

    for x, y in [*last_pose(slug), *things]:
        assert left + 2 < x < left + width - 2
        assert top + 2 < y < top + height


@pytest.mark.parametrize("slug", DRAWN)
def test_all_thumbnails_have_one_shape_and_show_somebody_large(slug):
    _, top, width, height = shown(slug)
    points = last_pose(slug)
    wide = max(x for x, _ in points) - min(x for x, _ in points)
    high = max(y for _, y in points) - min(y for _, y in points)

    assert width / height == pytest.approx(RATIO, abs=0.01)
    assert max(wide / width, high / height) > 0.6
    assert top + height >= 7


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
