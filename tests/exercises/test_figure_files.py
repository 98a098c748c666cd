"""A drawing of a published page is a file that all pages share, safe by itself; one that nobody published is at no URL."""

import base64
import re
from hashlib import sha256
from xml.etree import ElementTree as ET

import pytest
from django.db import DatabaseError
from django.db.transaction import atomic
from django.urls import reverse

from articles.models import ExerciseBlock
from exercises.figures.files import CARD_SIZE, KINDS, drawing_file, renderer, size
from exercises.figures.poses import base_poses
from exercises.figures.render import describe
from exercises.figures.thumbnail import RATIO
from exercises.models import Figure, figure_name
from kneecare.publishing.publish import publish, take_down
from tests.exercises.drawings import DRAWN
from tests.factories import make_draft, make_exercise, make_handout, make_routine

drawn_alone = pytest.mark.same_on_any_database("what is drawn")
STANDING, SITTING = (base_poses()[name] for name in ("Standing", "Sitting on a chair"))
FILE = re.compile(r"/figures/[\w./-]+\.svg")
NAMESPACE = "{http://www.w3.org/2000/svg}"
every_drawing = pytest.mark.parametrize("slug", DRAWN)


def url_of(data, kind="card", drawn_by=None):
    return reverse("figure", args=[figure_name(data), kind, drawn_by or renderer()])


def viewbox(svg):
    return [float(each) for each in svg.partition('viewBox="')[2].split('"')[0].split()]


@drawn_alone
@every_drawing
@pytest.mark.parametrize("kind", KINDS)
def test_a_file_is_whole_in_itself_and_runs_and_loads_nothing(slug, kind):
    drawing = drawing_file(DRAWN[slug], kind)
    root = ET.fromstring(drawing.svg)  # noqa: S314 - our own drawing

    assert root.tag == f"{NAMESPACE}svg"
    assert [each.tag for each in root.iter(f"{NAMESPACE}script")] == []
    ids = {f"#{each.get('id')}" for each in root.iter() if each.get("id")}
    links = {v for each in root.iter() for k, v in each.items() if k.endswith("href")}
    assert links <= ids
    assert not re.search(r"url\(|@import", drawing.svg)
    styles = [each.text for each in root.iter(f"{NAMESPACE}style")]
    assert styles == ([drawing.style] if drawing.style else [])


@drawn_alone
@every_drawing
@pytest.mark.parametrize("kind", KINDS)
def test_every_part_of_a_file_is_coloured_by_it(slug, kind):
    drawing = drawing_file(DRAWN[slug], kind)
    drawn = re.findall(
        r'<(?:path|rect|circle|text)[^>]* ?class="(figure__\w[\w-]*)"', drawing.svg
    )

    uncoloured = {each for each in drawn if f".{each}" not in drawing.style}
    assert drawn
    assert not uncoloured or kind == "move"  # the page colours it
    undefined = {*re.findall(r"var\((--[\w-]+)\)", drawing.style)} - {
        *re.findall(r"(--[\w-]+):", drawing.style)
    }
    assert undefined == set()


@drawn_alone
@every_drawing
def test_a_file_is_small(slug):
    most = {"card": 15_500, "card-more": 15_500, "poses": 20_000, "poses-more": 20_000, "move": 41_500}  # fmt: skip

    found = {kind: len(drawing_file(DRAWN[slug], kind).svg) for kind in KINDS}

    assert {kind: bytes_ for kind, bytes_ in found.items() if bytes_ > most[kind]} == {}


@drawn_alone
@every_drawing
def test_what_moves_takes_the_room_of_what_stands_still_which_the_page_knows(slug):
    still, moving = (drawing_file(DRAWN[slug], kind).svg for kind in ("poses", "move"))
    width, height = size(DRAWN[slug])

    assert viewbox(still) == viewbox(moving)
    for svg in (still, moving):
        assert f'width="{width}" height="{height}" viewBox' in svg
    drawn = viewbox(still)
    assert width / height == pytest.approx(drawn[2] / drawn[3], rel=0.002)
    assert "figure__strip" in moving
    assert "figure__strip" not in still
    assert CARD_SIZE[0] / CARD_SIZE[1] == RATIO


@drawn_alone
def test_more_contrast_is_what_a_page_has_with_it():
    drawing = drawing_file(DRAWN["wall-push"], "poses")
    more = drawing_file(DRAWN["wall-push"], "poses-more")

    assert "@media (prefers-contrast: more){:root{" in drawing.style
    assert "prefers-contrast" not in more.style
    # After the colours of the theme, which it replaces.
    assert more.style.rindex("--color-border:var(--color-text)") > more.style.rindex("prefers-color-scheme: dark){:root")  # fmt: skip
    assert more.svg.replace(more.style, "") == drawing.svg.replace(drawing.style, "")


@pytest.mark.django_db
class TestWhoGetsIt:
    def test_a_published_drawing_is_kept_for_good_under_the_url_of_what_draws_it(
        self, client
    ):
        make_exercise(figure=STANDING)

        now, other = (
            client.get(url_of(STANDING)),
            client.get(url_of(STANDING, drawn_by="0" * 8)),
        )

        assert now.headers["Content-Type"] == "image/svg+xml"
        assert now.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert other.content == now.content
        assert other.headers["Cache-Control"] == "public, no-cache"

    def test_opened_by_itself_it_has_its_own_style_and_nothing_else(self, client):
        make_exercise(figure=STANDING)

        response = client.get(url_of(STANDING), secure=True)

        style = re.search(r"<style>(.*?)</style>", response.text)[1]
        digest = base64.b64encode(sha256(style.encode()).digest()).decode()
        policy = dict(each.split(maxsplit=1) for each in response.headers["Content-Security-Policy"].split("; "))  # fmt: skip
        assert policy == {
            "default-src": "'none'",
            "style-src": f"'sha256-{digest}'",
            **dict.fromkeys(["form-action", "frame-ancestors", "base-uri"], "'none'"),
        }
        assert response.headers["X-Content-Type-Options"] == "nosniff"

    def test_one_that_nobody_published_is_nowhere_not_even_for_who_knows_it(
        self, client, staff_client
    ):
        draft = make_exercise(published_at=None, figure=STANDING)
        draft.figure = SITTING
        draft.save()

        for who in (client, staff_client):
            assert who.get(url_of(STANDING)).status_code == 404
            assert who.get(url_of(SITTING)).status_code == 404

    def test_one_that_was_only_saved_in_a_published_exercise_is_nowhere(self, client):
        exercise = make_exercise(figure=STANDING)
        exercise.figure = SITTING
        exercise.save()
        exercise.versions.model.of(exercise).store(by=None)

        assert [figure.data for figure in Figure.objects.all()] == [STANDING]
        assert client.get(url_of(SITTING)).status_code == 404
        assert client.get(url_of(STANDING)).status_code == 200

    def test_it_goes_with_the_page_and_with_its_place_in_it(self, client):
        replaced, taken_down = (
            make_exercise(figure=STANDING),
            make_exercise(figure=SITTING),
        )
        replaced.figure = DRAWN["glute-bridge"]
        replaced.save()
        publish(replaced, by=None)
        take_down(taken_down)

        assert client.get(url_of(STANDING)).status_code == 404
        assert client.get(url_of(SITTING)).status_code == 404
        assert client.get(url_of(DRAWN["glute-bridge"])).status_code == 200

    def test_a_routine_and_an_article_show_the_drawing_of_the_day_they_were_published(
        self, client
    ):
        exercise = make_exercise(figure=STANDING)
        routine, article = make_routine(exercise), make_draft()
        ExerciseBlock.objects.create(
            parent=article, region="main", ordering=20, exercise=exercise
        )
        publish(article, by=None)
        exercise.figure = SITTING
        exercise.save()
        publish(exercise, by=None)

        for page in (routine, article):
            shown = {*FILE.findall(client.get(page.get_absolute_url()).text)}
            assert any(figure_name(STANDING) in url for url in shown)
            assert {client.get(url).status_code for url in shown} == {200}
        take_down(routine)
        assert client.get(url_of(STANDING)).status_code == 200
        take_down(article)
        assert client.get(url_of(STANDING)).status_code == 404

    @pytest.mark.parametrize("kind", ["no-such", "card-most", "MOVE"])
    def test_there_is_no_other_kind(self, client, kind):
        make_exercise(figure=STANDING)

        assert client.get(url_of(STANDING, kind=kind)).status_code == 404

    def test_it_costs_one_query_however_many_there_are(
        self, client, django_assert_num_queries
    ):
        for name in base_poses():
            make_exercise(figure=base_poses()[name])

        with django_assert_num_queries(1):
            client.get(url_of(STANDING))


@pytest.mark.django_db
class TestOnPages:
    def test_pages_share_one_file_each_of_which_is_there(self, client):
        exercise = make_exercise(figure=STANDING)
        make_routine(exercise)

        shown = [
            {*FILE.findall(client.get(url).text)}
            for url in ("/exercises/", "/routines/")
        ]

        assert url_of(STANDING) in shown[0] & shown[1]
        for url in shown[0] | shown[1]:
            assert client.get(url).status_code == 200

    def test_the_page_has_its_words_and_its_size(self, client):
        exercise = make_exercise(figure=DRAWN["glute-bridge"], title="Bridge & more")

        html = client.get(exercise.get_absolute_url()).text

        words = " ".join(describe(exercise.figure, title="Bridge &amp; more"))
        width, height = size(exercise.figure)
        assert (
            f'alt="{words}" width="{width}" height="{height}" loading="eager"' in html
        )
        assert f'src="{url_of(exercise.figure, "move")}"' in html

    def test_only_what_is_seen_first_is_loaded_at_once(self, client):
        for name in ("Standing", "Sitting on a chair"):
            make_exercise(figure=base_poses()[name])

        html = client.get("/exercises/").text

        assert re.findall(r'class="figure"[^>]* loading="(\w+)"', html) == [
            "eager",
            "lazy",
        ]

    def test_a_draft_and_a_handout_keep_their_drawings_to_themselves(
        self, client, staff_client
    ):
        draft = make_exercise(figure=STANDING)
        draft.figure = SITTING
        draft.save()
        handout = make_handout(draft)

        preview = staff_client.get(f"{draft.get_absolute_url()}preview/").text
        for_one = client.get(handout.get_absolute_url()).text

        for html in (preview, for_one):
            assert '<svg class="figure' in html
            assert figure_name(STANDING) not in html
            assert figure_name(SITTING) not in html

    def test_the_player_steers_drawings_that_are_parts_of_its_page(self, client):
        routine = make_routine(make_exercise(figure=DRAWN["glute-bridge"]))

        html = client.get(f"{routine.get_absolute_url()}play/").text

        assert "figure__strip" in html
        assert "/figures/" not in html

    def test_a_drawing_that_this_release_cannot_draw_is_not_found(self, client):
        exercise = make_exercise(figure=STANDING)
        odd = {"view": "nowhere"}
        exercise.live_version.figures.add(
            Figure.objects.create(name=figure_name(odd), data=odd)
        )

        assert client.get(url_of(odd)).status_code == 404
        assert client.get(url_of(STANDING)).status_code == 200


@pytest.mark.django_db
def test_a_drawing_is_stored_once_however_often_it_is_published():
    exercise = make_exercise(figure=STANDING)
    make_routine(exercise, exercise)
    publish(exercise, by=None)

    assert [figure.data for figure in Figure.objects.all()] == [STANDING]


@pytest.mark.django_db
def test_a_drawing_is_not_changed_under_its_name():
    make_exercise(figure=STANDING)

    with pytest.raises(DatabaseError, match="its name says what it holds"), atomic():
        Figure.objects.update(data=SITTING)
