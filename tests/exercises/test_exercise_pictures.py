"""Pictures and videos of an exercise: from the admin to what was published, and to nobody before."""

import json
import re

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from exercises.models import Exercise, ExercisePicture, ExerciseVideo
from exercises.snapshots import ExerciseSnapshot
from kneecare.media import names as media_names
from kneecare.media.models import Picture
from kneecare.publishing.publish import publish, take_down
from tests.admin_forms import seen
from tests.articles.videos import CAPTIONS, mp4
from tests.factories import make_article, make_exercise, make_routine, make_upload
from tests.media.test_unused import clear

pytestmark = pytest.mark.django_db
YOUTUBE = "https://www.youtube.com/watch?v=abc"
PICTURES, VIDEOS = "exercises_exercisepicture_set", "exercises_exercisevideo_set"


def add_picture(exercise, **fields):
    defaults = {"region": "main", "ordering": 10, "alt": "A bridge from the side"}
    picture = ExercisePicture(
        parent=exercise, image=make_upload(), **(defaults | fields)
    )
    picture.full_clean()
    picture.save()
    return picture


def add_video(exercise, **fields):
    defaults = {"region": "main", "ordering": 20, "title": "A bridge, slowly"}
    defaults |= {"has_no_speech": True}
    if "url" not in fields:
        defaults["file"] = ContentFile(mp4(), name="a.mp4")
    return ExerciseVideo.objects.create(parent=exercise, **(defaults | fields))


def statuses(client, links):
    """Of each link, once all of it has been read."""
    found = [client.get(link) for link in links]
    for response in found:
        assert b"".join(response)
    return [response.status_code for response in found]


def form_of(exercise, pictures=(), videos=()):
    data = {
        "title": exercise.title,
        "slug": exercise.slug,
        "summary": exercise.summary,
        "steps": exercise.steps,
        "limb": exercise.limb,
        "author": exercise.author_id,
        **seen(exercise),
        "figure": "{}",
        "stated_dose-TOTAL_FORMS": 0,
        "stated_dose-INITIAL_FORMS": 0,
    }
    for prefix, rows in [(PICTURES, pictures), (VIDEOS, videos)]:
        data |= {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": 0}
        for number, row in enumerate(rows):
            fields = {"id": "", "region": "main", "focus_x": 50, "focus_y": 50, **row}
            data |= {f"{prefix}-{number}-{key}": fields[key] for key in fields}
    return data


def change_url(exercise):
    return reverse("admin:exercises_exercise_change", args=[exercise.pk])


def test_a_clinician_adds_pictures_and_a_video_in_an_order_and_patients_see_them_once_published(
    staff_client, client
):
    exercise = make_exercise()
    picture = {"image": make_upload(), "alt": "Second picture", "ordering": 30}
    other = {"image": make_upload(), "alt": "First picture", "ordering": 10}
    video = {"title": "Slowly", "url": YOUTUBE, "has_no_speech": "on", "ordering": 20}
    form = form_of(exercise, [picture, other], [video])

    staff_client.post(change_url(exercise), form)
    assert "See it done" not in client.get(exercise.get_absolute_url()).text
    preview = client.get(f"{exercise.get_absolute_url()}preview/").text
    assert "First picture" in preview
    assert "?key=" in preview

    publish(Exercise.objects.get(), by=None)
    page = client.get(exercise.get_absolute_url()).text
    shown = re.findall(r"First picture|Second picture|Watch: Slowly", page)
    assert shown == ["First picture", "Watch: Slowly", "Second picture"]
    assert "?key=" not in page


def test_editors_and_clinicians_may_change_them(client, django_user_model):
    needed = {
        f"{verb}_exercise{kind}"
        for verb in ["add", "change", "delete", "view"]
        for kind in ["picture", "video"]
    }
    for name in ["Editors", "Clinicians"]:
        group = Group.objects.get(name=name)
        assert needed <= set(group.permissions.values_list("codename", flat=True))
    assert not Permission.objects.filter(
        codename__in=needed, group__name="Front desk"
    ).exists()


def test_a_picture_keeps_its_place_and_comes_in_the_size_that_fits(client):
    exercise = make_exercise()
    add_picture(exercise, caption="Hips up.")
    publish(exercise, by=None)

    page = client.get(exercise.get_absolute_url()).text

    picture = re.search(r"<picture>.*?</picture>", page, re.DOTALL)[0]
    assert 'width="1000" height="600" alt="A bridge from the side"' in picture
    assert 'type="image/avif"' in picture
    assert "400w" in picture
    assert "Hips up." in page
    src = re.search(r'src="([^"]+)"', picture)[1]
    assert client.get(src)["Content-Type"] == "image/webp"


def test_a_picture_is_shown_to_nobody_before_it_is_published_or_after_it_was_taken_down(
    client,
):
    exercise = make_exercise()
    picture = add_picture(exercise)
    address = media_names.url(media_names.first(picture.image.name))
    assert client.get(address).status_code == 404

    publish(exercise, by=None)
    assert client.get(address).status_code == 200

    take_down(exercise)
    assert client.get(address).status_code == 404


def test_our_own_video_and_its_captions_are_shown_as_long_as_the_page_is(client):
    exercise = make_exercise()
    video = add_video(exercise, captions=ContentFile(CAPTIONS, name="a.vtt"))
    names = [video.file.name, video.captions.name]
    links = [f"/media/{name}" for name in names]
    assert statuses(client, links) == [404, 404]

    publish(exercise, by=None)
    page = client.get(exercise.get_absolute_url()).text
    assert all(f'src="{link}"' in page for link in links)
    assert statuses(client, links) == [200, 200]

    take_down(exercise)
    assert statuses(client, links) == [404, 404]


def test_staff_who_may_see_exercises_see_a_video_before_it_is_published(
    client, django_user_model
):
    video = add_video(make_exercise())
    user = django_user_model.objects.create_user("helper", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_exercise"))
    client.force_login(user)

    response = client.get(f"/media/{video.file.name}")

    assert b"".join(response)
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"


def test_a_video_elsewhere_is_a_link_that_names_the_site_and_loads_nothing(client):
    exercise = make_exercise()
    add_video(exercise, url=YOUTUBE)
    publish(exercise, by=None)

    page = client.get(exercise.get_absolute_url()).text

    assert f'href="{YOUTUBE}" rel="noopener noreferrer external"' in page
    assert "This opens another site: youtube.com." in page
    assert f'src="{YOUTUBE}' not in page


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"url": ""}, "Give a video file or an address elsewhere"),
        ({"url": "https://example.com/v"}, "Give an address on YouTube or Vimeo"),
        ({"has_no_speech": ""}, "Write down what is said in the video"),
        ({"title": ""}, "This field is required"),
    ],
)
def test_a_video_that_cannot_be_comes_back_with_a_message(
    staff_client, fields, message
):
    exercise = make_exercise()
    video = {"title": "A", "url": YOUTUBE, "has_no_speech": "on", "ordering": 1}

    response = staff_client.post(
        change_url(exercise), form_of(exercise, videos=[video | fields])
    )

    assert response.status_code == 200
    assert message in response.text
    assert not ExerciseVideo.objects.exists()


@pytest.mark.parametrize(
    "fields", [{"file": ""}, {"url": "https://example.com/"}, {"has_no_speech": False}]
)
def test_the_database_refuses_such_a_video(fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        add_video(make_exercise(), **fields)


def test_a_picture_needs_a_description_and_must_be_a_picture(staff_client):
    exercise = make_exercise()
    bad = ContentFile(b"no picture", name="a.jpg")

    for row in [{"image": make_upload(), "alt": ""}, {"image": bad, "alt": "A"}]:
        row["ordering"] = 10
        response = staff_client.post(change_url(exercise), form_of(exercise, [row]))
        assert response.status_code == 200
        assert 'class="errorlist"' in response.text
    assert not ExercisePicture.objects.exists()


def test_no_later_edit_changes_what_was_published(client):
    exercise = make_exercise()
    picture = add_picture(exercise)
    add_video(exercise, url=YOUTUBE)
    publish(exercise, by=None)
    before = client.get(exercise.get_absolute_url()).content

    picture.delete()
    ExerciseVideo.objects.update(title="Another title")

    assert client.get(exercise.get_absolute_url()).content == before


def test_a_snapshot_that_was_kept_without_pictures_has_none():
    data = make_exercise().live_version.data
    del data["media"]

    assert ExerciseSnapshot.from_data(data).media == []


def test_a_routine_and_an_article_keep_an_exercise_without_its_pictures(client):
    exercise = make_exercise()
    name = add_picture(exercise).image.name
    publish(exercise, by=None)

    routine = make_routine(exercise)

    assert name not in json.dumps(routine.live_version.data)
    assert client.get(routine.get_absolute_url()).status_code == 200
    assert make_article().live_version.embeds == {"exercise": {}, "routine": {}}


def test_pictures_of_any_version_are_used_and_a_dropped_one_is_not():
    exercise = make_exercise()
    working, old, poster = [add_picture(exercise, ordering=n) for n in [1, 2, 3]]
    kept = {each.image.name for each in [working, old]}
    add_video(exercise, poster=make_upload())
    kept.add(ExerciseVideo.objects.get().poster.name)
    dropped = poster.image.name
    poster.delete()
    publish(exercise, by=None)
    old.delete()
    ExerciseVideo.objects.all().delete()
    publish(exercise, by=None)
    take_down(exercise)

    clear("--delete")

    assert set(Picture.objects.values_list("name", flat=True)) == kept
    assert dropped not in kept


def test_machines_are_told_of_the_pictures(client):
    exercise = make_exercise()
    picture = add_picture(exercise, focus_x=20)
    publish(exercise, by=None)
    cut = media_names.crop(picture.image.name, "social", (20, 50), "jpg")
    address = f"https://testserver{media_names.url(cut)}"

    sitemap = client.get("/sitemap-exercises.xml").text
    page = client.get(exercise.get_absolute_url()).text

    assert f"<image:loc>{address}</image:loc>" in sitemap
    data = re.search(r'ld\+json">(.*?)</script>', page, re.DOTALL)[1]
    assert json.loads(data)["image"] == [address]


def test_an_exercise_is_found_by_the_words_of_its_video(client):
    exercise = make_exercise(title="Clamshell")
    add_video(exercise, url=YOUTUBE, transcript="<p>Open like a mussel.</p>")
    publish(exercise, by=None)

    assert "Clamshell" in client.get("/exercises/?q=mussel").text


@pytest.mark.parametrize("count", [1, 4])
def test_a_page_costs_the_same_however_many_pictures(
    client, django_assert_max_num_queries, count
):
    exercise = make_exercise()
    for number in range(count):
        add_picture(exercise, ordering=number)
        add_video(exercise, ordering=number, url=YOUTUBE)
    publish(exercise, by=None)

    with django_assert_max_num_queries(4):
        assert client.get(exercise.get_absolute_url()).status_code == 200


def test_the_first_content_has_no_picture_and_no_empty_heading(client):
    call_command("first_content", verbosity=0, stdout=None)

    assert "See it done" not in client.get("/exercises/glute-bridge/").text
