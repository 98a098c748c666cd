"""A picture, a video or captions that somebody chose are not lost with a form that has a mistake elsewhere."""

import io
import os
import re
import time
from datetime import timedelta

import pytest
import time_machine
from django import forms
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from exercises.models import ExerciseVideo
from kneecare.clinic.models import Clinician
from kneecare.media import pending
from kneecare.media.fields import KeptFileInput
from kneecare.media.models import Picture
from kneecare.media.renditions import masters
from tests.admin_forms import filled
from tests.articles.videos import mp4
from tests.factories import make_exercise, make_upload
from tests.files import date_files_now

pytestmark = [pytest.mark.django_db, pytest.mark.same_on_any_database("files")]
ADD = "/admin/clinic/clinician/add/"
WORDS = {"name": "Ada", "slug": "ada", "position": 0, "is_shown": "on", "focus_x": 50, "focus_y": 50}  # fmt: skip
WRONG = {**WORDS, "position": "x"}
CAPTIONS = b"WEBVTT\n\n00:01.000 --> 00:02.000\nLift.\n"
KEPT = "The file that you chose is kept."


@pytest.fixture(autouse=True)
def nothing_kept():
    for name in waiting():
        masters().delete(f"{pending.FOLDER}/{name}")


def waiting():
    try:
        return masters().listdir(pending.FOLDER)[1]
    except FileNotFoundError:
        return []


def tokens(response):
    """The hidden fields of files that are kept, by name."""
    found = re.findall(r'name="([^"]+_kept)" value="([^"]+)"', response.text)
    return dict(found)


def test_a_picture_is_kept_and_taken_when_the_form_is_right(staff_client):
    answer = staff_client.post(ADD, WRONG | {"portrait": make_upload((64, 48))})

    assert "Enter a whole number." in answer.text
    assert KEPT in answer.text
    assert not Picture.objects.exists()
    assert staff_client.post(ADD, WORDS | tokens(answer)).status_code == 302
    person = Clinician.objects.get()
    assert (person.portrait.width, person.portrait.height) == (64, 48)
    with person.portrait.open() as stored:
        picture = Image.open(stored).convert("RGB")
    left, right = picture.getpixel((2, 20)), picture.getpixel((60, 20))
    assert left[0] < 60 < right[0]


def test_it_is_kept_once_however_often_the_form_comes_back(staff_client):
    answer = staff_client.post(ADD, WRONG | {"portrait": make_upload((64, 48))})
    again = staff_client.post(ADD, WRONG | tokens(answer))

    assert tokens(again) == tokens(answer)
    assert len(waiting()) == 1


def test_another_choice_comes_before_the_one_that_was_kept(staff_client):
    answer = staff_client.post(ADD, WRONG | {"portrait": make_upload((64, 48))})
    other = {"portrait": make_upload((30, 20))}

    staff_client.post(ADD, WORDS | tokens(answer) | other)

    assert Clinician.objects.get().portrait.width == 30


def test_a_file_that_was_refused_is_not_kept(staff_client):
    refused = SimpleUploadedFile("a.jpg", b"<script>")

    answer = staff_client.post(ADD, WRONG | {"portrait": refused})

    assert KEPT not in answer.text
    assert waiting() == []


def test_a_form_that_is_right_leaves_nothing_behind(staff_client):
    staff_client.post(ADD, WORDS | {"portrait": make_upload((64, 48))})

    assert Clinician.objects.get().portrait
    assert waiting() == []


def test_what_is_kept_does_not_say_where_a_photograph_was_taken(staff_client):
    exif = Image.Exif()
    exif[0x010F] = "A camera of Ada"
    file = io.BytesIO()
    Image.new("RGB", (64, 48)).save(file, "JPEG", exif=exif)

    staff_client.post(ADD, WRONG | {"portrait": SimpleUploadedFile("a.jpg", file.getvalue())})  # fmt: skip

    [name] = waiting()
    with masters().open(f"{pending.FOLDER}/{name}") as stored:
        assert b"A camera of Ada" not in stored.read()


def test_a_token_that_is_not_ours_takes_no_file(staff_client):
    for token in ["x", "pictures/a.webp:x:y", "../../etc/passwd"]:
        answer = staff_client.post(ADD, WORDS | {"portrait_kept": token})

        assert pending.LOST_WORDS in answer.text
    assert not Clinician.objects.exists()


def test_nobody_can_open_it_by_a_url(staff_client):
    staff_client.post(ADD, WRONG | {"portrait": make_upload((64, 48))})

    [name] = waiting()
    for path in ["pending", "masters/pending", "pictures"]:
        assert staff_client.get(f"/media/{path}/{name}").status_code == 404


def test_after_a_day_it_is_gone_and_the_form_says_so(staff_client):
    answer = staff_client.post(ADD, WRONG | {"portrait": make_upload((64, 48))})
    [name] = waiting()
    path = masters().path(f"{pending.FOLDER}/{name}")
    date_files_now()

    pending.forget_old()
    assert waiting() == [name]
    before = time.time() - 90_000
    os.utime(path, (before, before))
    pending.forget_old()

    assert waiting() == []
    late = staff_client.post(ADD, WORDS | tokens(answer))
    assert pending.LOST_WORDS in late.text
    assert not Clinician.objects.exists()


def test_a_token_is_good_for_a_day(staff_client, staff):
    answer = staff_client.post(ADD, WRONG | {"portrait": make_upload((64, 48))})

    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        staff_client.force_login(staff)
        late = staff_client.post(ADD, WORDS | tokens(answer))

    assert pending.LOST_WORDS in late.text


def test_a_full_disk_loses_the_file_and_not_the_words(staff_client, monkeypatch):
    def fail(*args, **kwargs):
        raise OSError

    monkeypatch.setattr(type(masters()), "save", fail)

    answer = staff_client.post(ADD, WRONG | {"portrait": make_upload((64, 48))})

    assert 'value="Ada"' in answer.text
    assert KEPT not in answer.text


def test_a_video_and_its_captions_in_a_new_row_are_kept(staff_client):
    exercise = make_exercise()
    url = reverse("admin:exercises_exercise_change", args=[exercise.pk])
    page = filled(staff_client.get(url))
    [total] = [name for name in page if re.search("video.*-TOTAL_FORMS$", name)]
    row = total.removesuffix("-TOTAL_FORMS") + "-0"
    typed = {total: 1, f"{row}-region": "main", f"{row}-ordering": 10, f"{row}-title": "A bridge", f"{row}-has_no_speech": "on"}  # fmt: skip
    files = {
        f"{row}-file": SimpleUploadedFile("a.mp4", mp4()),
        f"{row}-captions": SimpleUploadedFile("a.vtt", CAPTIONS),
    }

    answer = staff_client.post(url, page | typed | files | {"title": ""})
    assert "This field is required." in answer.text
    assert len(tokens(answer)) == 2
    saved = staff_client.post(url, page | typed | tokens(answer))

    assert saved.status_code == 302
    video = ExerciseVideo.objects.get()
    assert video.file.name.endswith(".mp4")
    with video.file.open() as stored:
        assert b"33.4484" not in stored.read()
    with video.captions.open() as stored:
        assert b"Lift." in stored.read()


def file_fields(staff):
    """Each file field of each form of the admin, by the name of its model."""
    request = RequestFactory().get("/")
    request.user = staff
    for options in admin.site._registry.values():
        if not options.has_change_permission(request):
            continue
        forms_of = [options.get_form(request)]
        forms_of += [each.get_formset(request).form for each in options.get_inline_instances(request)]  # fmt: skip
        for form in forms_of:
            for name, field in form.base_fields.items():
                if isinstance(field, forms.FileField):
                    yield f"{form._meta.model.__name__}.{name}", field


def test_every_file_field_of_the_admin_keeps_its_file(staff):
    fields = dict(file_fields(staff))

    assert len(fields) >= 5
    assert [name for name, field in fields.items() if not isinstance(field.widget, KeptFileInput)] == []  # fmt: skip
