"""The editor of a drawing in the admin: its fields, its preview, who may ask for one, and the form without a script."""

import json
import re
from html import unescape

import pytest
from django.contrib.auth.models import Group, Permission
from django.http import QueryDict
from django.urls import reverse

from exercises.admin.drawing.editor import editor
from exercises.admin.drawing.fields import assembled, digest, dumped, flat
from exercises.admin.drawing.handles import handles_of
from exercises.admin.drawing.names import CARRIERS, GROUPS, MOVES, PROPS, in_words
from exercises.admin.drawing.pictures import bodies_of
from exercises.admin.drawing.widget import said
from exercises.figures.contacts import ANCHORS
from exercises.figures.poses import (
    JOINTS,
    RANGES,
    ROOM,
    WALLS,
    PoseError,
    base_poses,
    first_poses,
    read,
)
from exercises.figures.poses import PROPS as ALL_PROPS
from exercises.figures.render import render_figure
from exercises.models import Exercise
from tests.exercises.test_admin import change_url, exercise_form
from tests.factories import make_exercise

pytestmark = pytest.mark.django_db
URL = "/admin/exercises/exercise/drawing/"
DRAWINGS = {**first_poses(), **base_poses()}
STANDING = base_poses()["Standing"]


def posted(figure, /, **changes):
    """The fields of a drawing as a browser sends them, some of them changed."""
    sent = QueryDict(mutable=True)
    for name, value in (flat(figure, "figure") | changes).items():
        sent.setlist(name, value if isinstance(value, list) else [value])
    return sent


def with_json(figure, /, **changes):
    """The same, with the JSON as it was shown: what a form without a script sends."""
    text = dumped(figure)
    shown = {"figure": text, "figure-seen": digest(text)}
    return posted(figure, **shown, **changes)


def ask(client, figure=STANDING, /, **changes):
    return client.post(URL, posted(figure, **changes).urlencode(), content_type="application/x-www-form-urlencoded")  # fmt: skip


# The fields


def test_staff_can_choose_each_thing_and_each_person_that_can_be_drawn():
    things = {f"wall {where}" for view in WALLS for where in WALLS[view]} | {*ALL_PROPS}
    offered = editor(STANDING | {"person": "bun"}, "figure")

    assert {key for key, *_ in offered["props"]} == {*PROPS} == things
    assert [(key, chosen) for key, _, _, chosen in offered["people"]] == [
        ("short hair", False), ("bob", False), ("bun", True),
    ]  # fmt: skip
    kept = assembled(posted(STANDING | {"person": "bun"}), "figure")
    assert kept["person"] == "bun"


@pytest.mark.parametrize("name", DRAWINGS)
def test_the_fields_of_a_drawing_draw_the_same(name):
    before = DRAWINGS[name]

    after = assembled(posted(before), "figure")

    assert render_figure(after, title="x", uid="a") == render_figure(before, title="x", uid="a")  # fmt: skip
    assert assembled(posted(after), "figure") == after


@pytest.mark.parametrize("name", DRAWINGS)
def test_what_nobody_has_touched_is_sent_back_as_it_is_stored(name):
    assert json.loads(said(with_json(DRAWINGS[name]), "figure")) == DRAWINGS[name]


def test_a_changed_field_counts_and_the_json_beside_it_is_old():
    sent = with_json(STANDING, **{"figure-1-left_knee": "40"})

    assert json.loads(said(sent, "figure"))["poses"][1]["angles"]["left_knee"] == 40


def test_changed_json_counts_and_not_the_fields():
    sent = with_json(STANDING)
    sent["figure"] = '{"view": "front"}'

    assert said(sent, "figure") == '{"view": "front"}'


def test_line_ends_of_a_browser_are_no_change():
    sent = with_json(STANDING, **{"figure-view": "front"})
    sent["figure"] = sent["figure"].replace("\n", "\r\n")

    assert json.loads(said(sent, "figure"))["view"] == "front"


def test_every_joint_carrier_and_thing_of_the_engine_has_its_words_and_its_field():
    assert MOVES.keys() == JOINTS.keys() | ROOM.keys()
    assert {joint for group in GROUPS.values() for joint in group} == MOVES.keys()
    assert CARRIERS.keys() == ANCHORS.keys()
    shown = editor(STANDING, "figure")
    fields = [
        (field["key"], joint["low"], joint["high"])
        for _, _, joints in shown["poses"][0]["groups"]
        for joint in joints
        for field in joint["fields"]
    ]
    assert {key: (low, high) for key, low, high in fields} == RANGES
    assert [key for key, *_ in shown["props"]] == [*PROPS]


# Words


@pytest.mark.parametrize(
    ("message", "words"),
    [
        (
            "poses[2].angles.left_knee: 170 is outside what a body can do, -10 to 135.",
            "End position, left knee: 170 is outside what a body can do, -10 to 135.",
        ),
        (
            "poses[1]: right_hip_abduction would have to be 60, outside -30 to 45.",
            "Start position: right hip, out to the side would have to be 60, outside -30 to 45.",
        ),
        (
            "poses[1]: lean would have to be 60 or more to one side.",
            "Start position: turn to the left would have to be 60 or more to one side.",
        ),
        ("poses[1].label: say it.", "Start position, its words: say it."),
        ("view: must be one of side.", "View: must be one of side."),
    ],
)
def test_what_is_wrong_is_said_in_the_words_of_the_fields(message, words):
    assert in_words(PoseError(message), 2) == words


@pytest.mark.parametrize("joint", RANGES)
def test_beyond_its_range_each_joint_is_refused_by_name_and_what_was_typed_is_kept(
    staff_client, joint
):
    low, high = RANGES[joint]
    exercise = make_exercise(dose={"sets": 2, "reps": 8}, figure=STANDING)
    typed = {f"figure-1-{joint}": str(high + 5)}
    sent = exercise_form(exercise) | with_json(STANDING, **typed).dict()

    response = staff_client.post(change_url(exercise), sent)

    (error,) = response.context["adminform"].form.errors["figure"]
    name = joint.replace("_", " ").removesuffix(" abduction").split()[0]
    assert error.startswith(f"End position, {name}") or joint in ROOM
    assert error.endswith(f"{high + 5} is outside what a body can do, {low} to {high}.")  # fmt: skip
    assert re.search(rf'name="figure-1-{joint}"[^>]* value="{high + 5}"', response.text)
    assert (
        response.text.count('class="pose-handle') > 4
    )  # what was drawn is still there
    assert Exercise.objects.get().figure == STANDING


# The preview


def test_the_preview_draws_what_the_page_draws(staff_client):
    answer = ask(staff_client, **{"figure-1-right_elbow": "90"})

    found = answer.json()
    bent = json.loads(found["text"])
    page = render_figure(bent, title="The exercise", uid="pose-sheet")
    assert answer.status_code == 200
    assert bent["poses"][1]["angles"]["right_elbow"] == 90
    assert found["sheet"] == page
    assert len(found["positions"]) == 2
    assert found["angles"][1]["right_elbow"] == 90
    assert found["words"] == ""


def test_the_preview_takes_json_as_well(staff_client):
    answer = staff_client.post(URL, {"figure": json.dumps(STANDING)})

    assert json.loads(answer.json()["text"]) == STANDING


def test_a_body_that_floats_is_drawn_and_told_of(staff_client):
    answer = ask(staff_client, **{"figure-1-left_knee": "90"})

    assert answer.status_code == 200
    assert answer.json()["words"].startswith("End position: the left foot would be")
    assert len(answer.json()["positions"]) == 2


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"figure-0-right_knee": "170"}, "Start position, right knee: 170 is outside"),
        ({"figure-0-left_hip": "much"}, "Start position, left hip: must be a number"),
        ({"figure-1-neck": "1e9"}, "End position, neck: must be a number"),
        ({"figure-1-neck": "9999"}, "End position, neck: 9999 is outside"),
        ({"figure-1-elbow": "9"}, ""),
        ({"figure-view": "above"}, "View: must be one of"),
        ({"figure-props": ["wall left"]}, "Props: must be one of"),
        ({"figure-muscle-quads": "inner"}, "Muscles: must be one of"),
        ({"figure-0-anchor": "nose"}, "Start position, what carries the body: must"),
        ({"figure-0-label": ""}, "Start position, its words: say in a few words"),
        ({"figure-0-label": '<b>"'}, ""),
    ],
)
def test_junk_is_a_400_whose_words_name_the_field(staff_client, changes, words):
    answer = ask(staff_client, **changes)

    assert answer.status_code == (400 if words else 200)
    assert answer.json()["words"].startswith(words)
    assert len(answer.json()["positions"]) == (0 if "must" in words else 2)
    assert "<b>" not in "".join(answer.json()["sheet"])


@pytest.mark.parametrize("sent", ["", "[", "[]", "7", "[" * 10_000])
def test_what_is_no_drawing_at_all_is_a_400_as_well(staff_client, sent):
    answer = staff_client.post(URL, {"figure": sent, "whole": "1"})

    assert answer.status_code == 400
    assert answer.json()["words"]


@pytest.mark.parametrize(
    ("group", "status"), [("Editors", 200), ("Clinicians", 200), ("Front desk", 403)]
)
def test_who_may_write_exercises_may_ask_for_a_preview(
    client, django_user_model, group, status
):
    user = django_user_model.objects.create_user(group, is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    client.force_login(user)

    assert ask(client).status_code == status
    assert client.get(URL).status_code == 405


def test_a_visitor_gets_no_preview(client):
    assert ask(client).status_code in (302, 403)


# Handles


def handles(figure, pose=-1):
    drawing = read(figure)
    return {
        each.joint: each
        for each in handles_of(drawing, drawing.poses[pose], bodies_of(drawing)[pose])
    }


def test_from_the_side_what_bends_is_taken_hold_of_and_from_the_front_what_spreads():
    side, front = handles(STANDING), handles(STANDING | {"view": "front"})

    assert {"left_knee", "right_hip", "trunk", "neck"} <= side.keys()
    assert {"left_hip_abduction", "trunk_side"} <= front.keys()
    assert not {"left_hip_abduction", "trunk_side"} & side.keys()
    assert not {"left_knee", "trunk"} & front.keys()


def test_seen_from_behind_a_joint_turns_the_other_way_on_paper():
    front, back = (handles(STANDING | {"view": view}) for view in ("front", "back"))

    assert front["left_hip_abduction"].turn == -back["left_hip_abduction"].turn


def test_shoulders_on_the_floor_settle_the_trunk_which_is_then_no_handle():
    assert "trunk" not in handles(base_poses()["Lying on the back, knees bent"])


# Without a script


def sent_by(staff_client, button, figure=None, **more):
    """What comes back once a button of the editor is pressed in the form of an exercise."""
    exercise = make_exercise(dose={"sets": 2, "reps": 8}, figure=figure or {})
    fields = with_json(figure, **more).dict() if figure else {"figure": "{}", **more}
    sent = exercise_form(exercise) | fields | {"figure-act": button, "title": "Typed"}
    response = staff_client.post(change_url(exercise), sent)
    assert Exercise.objects.get(pk=exercise.pk).figure == (figure or {})
    assert 'value="Typed"' in response.text
    return response


def drawn_in(response):
    text = response.text.partition('data-part="text">')[2].partition("</textarea>")[0]
    return json.loads(unescape(text))


def test_preview_draws_what_was_typed_keeps_it_and_saves_nothing(staff_client):
    response = sent_by(
        staff_client, "preview", STANDING, **{"figure-1-right_elbow": "90"}
    )

    assert drawn_in(response)["poses"][1]["angles"]["right_elbow"] == 90
    assert re.search(r'name="figure-1-right_elbow"[^>]* value="90"', response.text)
    assert "not saved yet" in response.text
    assert "Please correct" not in response.text


@pytest.mark.parametrize("name", base_poses())
def test_a_base_pose_fills_the_form(staff_client, name):
    assert drawn_in(sent_by(staff_client, f"base:{name}")) == base_poses()[name]


def test_the_drawing_of_another_exercise_is_copied_into_the_form(staff_client):
    other = make_exercise(title="Bridge", figure=first_poses()["glute-bridge"])

    response = sent_by(staff_client, "copy", **{"figure-copy": str(other.pk)})

    assert drawn_in(response) == other.figure


@pytest.mark.parametrize("key", ["", "0", "x", "9" * 30])
def test_what_is_no_exercise_is_not_copied(staff_client, key):
    response = sent_by(staff_client, "copy", STANDING, **{"figure-copy": key})

    assert drawn_in(response) == STANDING


def test_a_position_takes_the_body_of_the_one_before_and_keeps_its_words(staff_client):
    bent = {"figure-0-right_knee": "60", "figure-0-left_knee": "60"}
    bent["figure-1-label"] = "Knees bent"
    answer = ask(staff_client, **bent, **{"figure-act": "as-before:1", "whole": "1"})

    before, after = json.loads(answer.json()["text"])["poses"]
    assert after["angles"] == before["angles"]
    assert after["angles"]["knee"] == 60
    assert (before["label"], after["label"]) == ("Stand tall", "Knees bent")


@pytest.mark.parametrize("number", ["0", "2", "9", "x", ""])
def test_what_has_no_position_before_it_stays_as_it_is(staff_client, number):
    answer = ask(staff_client, **{"figure-act": f"as-before:{number}", "whole": "1"})

    assert json.loads(answer.json()["text"])["poses"] == STANDING["poses"]


@pytest.mark.parametrize(("button", "count"), [("add", 3), ("drop", 1), ("bogus", 2)])
def test_a_position_is_added_or_taken_away(staff_client, button, count):
    assert len(drawn_in(sent_by(staff_client, button, STANDING))["poses"]) == count


def test_a_drawing_is_taken_away(staff_client):
    assert drawn_in(sent_by(staff_client, "clear", STANDING)) == {}


def test_enter_in_a_field_saves_and_starts_no_other_drawing(staff_client):
    response = staff_client.get(change_url(make_exercise()))
    form = response.text.partition('id="exercise_form"')[2]

    first = re.search(r'<(?:button|input)[^>]* type="submit"[^>]*>', form)[0]

    assert 'name="_save"' in first


def test_a_form_that_is_saved_untouched_leaves_the_drawing_and_the_draft_alone(
    staff_client,
):
    figure = first_poses()["single-leg-glute-bridge"]
    exercise = make_exercise(dose={"sets": 2, "reps": 8}, figure=figure)
    form = exercise_form(exercise) | with_json(figure).dict()

    staff_client.post(change_url(exercise), form | {"_continue": "1"})

    assert Exercise.objects.get().figure == figure


def test_who_may_only_look_sees_the_drawing_and_no_editor(client, django_user_model):
    user = django_user_model.objects.create_user("looks", is_staff=True)
    may_look = Permission.objects.filter(codename="view_exercise")
    user.user_permissions.set(may_look)
    client.force_login(user)
    exercise = make_exercise(figure=STANDING)

    html = client.get(change_url(exercise)).text

    assert "<pose-editor" not in html
    assert 'data-plays="once"' in html


def test_the_address_of_the_preview_is_the_one_that_the_editor_asks(staff_client):
    html = staff_client.get(reverse("admin:exercises_exercise_add")).text

    assert f'data-url="{URL}"' in html
