"""A request that is larger than anything asked for costs nothing: no disk, no memory, no time."""

import io
import time

import pytest
from django.apps import apps
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from django.urls import reverse

from bookings.models import Booking
from tests.admin_forms import filled
from tests.bookings.posting import CALLER, WORDS, idempotency_key
from tests.factories import (
    make_article,
    make_clinician,
    make_exercise,
    make_handout,
    make_program,
    make_routine,
    make_upload,
)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db,
    pytest.mark.usefixtures("clinic"),
]

HUGE = 300_000_000
MANY = ["999999999", " 999999999 ", "2001", "999_999", "401.0", "٩٩٩٩", "9" * 40]
KINDS = ["multipart/form-data; boundary=x", "application/x-www-form-urlencoded"]


class Unread(io.RawIOBase):
    """A body that no one may read."""

    def read(self, size=-1):
        raise AssertionError("The body was read.")


def send_huge(client, url, kind, length=HUGE):
    return client.request(
        REQUEST_METHOD="POST",
        PATH_INFO=url,
        CONTENT_TYPE=kind,
        CONTENT_LENGTH=str(length),
        **{"wsgi.input": Unread()},
    )


@pytest.mark.parametrize(
    "url", ["/book/", "/contact/", "/admin/login/", "/admin/", "/", "/no-such-page/"]
)
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_too_large_is_refused_by_its_length_and_not_read(client, url, kind):
    answer = send_huge(client, url, kind)

    assert answer.status_code == 413
    assert "We could not read that" in answer.text


@pytest.mark.parametrize("url", ["/book/", "/contact/", "/bookings/token/"])
def test_a_visitors_form_is_refused_where_its_fields_could_not_fill_it(client, url):
    assert send_huge(client, url, KINDS[1], 100_001).status_code == 413
    assert client.post(url, {"message": "x" * 90_000}).status_code in (404, 422)


def test_a_program_and_a_visitors_own_page_refuse_it_too(client):
    for url in [make_program().get_absolute_url(), "/bookings/token/", "/handouts/"]:
        assert send_huge(client, url, KINDS[0]).status_code == 413


def test_staff_who_send_more_than_some_videos_are_refused_by_its_length(staff_client):
    assert send_huge(staff_client, "/admin/", KINDS[0], HUGE + 1).status_code == 413


def test_a_stranger_with_a_made_up_session_is_refused_as_well(client):
    client.cookies["sessionid"] = "made-up"

    assert send_huge(client, "/admin/login/", KINDS[0]).status_code == 413


@pytest.mark.parametrize("url", ["/book/", "/contact/"])
def test_a_file_that_nobody_asked_for_is_not_taken(client, url, monkeypatch):
    taken = []
    monkeypatch.setattr(
        "django.core.files.uploadhandler.MemoryFileUploadHandler.new_file",
        lambda *args, **kwargs: taken.append(args),
    )
    key = idempotency_key(client.get(url))
    file = SimpleUploadedFile("knee.jpg", b"x" * 50_000)
    words = {**CALLER, "slot": "call_back", "consent": "on", "idempotency_key": key}

    answer = client.post(url, {**words, "website_file": file})

    assert answer.status_code == 303
    assert Booking.objects.get().message == WORDS["message"]
    assert taken == []


def test_staff_still_send_pictures(staff_client):
    clinician = make_clinician()
    url = reverse("admin:clinic_clinician_change", args=[clinician.pk])
    form = filled(staff_client.get(url))

    answer = staff_client.post(url, form | {"portrait": make_upload()})

    assert answer.status_code == 302
    clinician.refresh_from_db()
    assert clinician.portrait


PAGES = {
    "articles.Article": make_article,
    "exercises.Exercise": make_exercise,
    "exercises.Routine": lambda: make_routine(make_exercise()),
    "exercises.Handout": lambda: make_handout(make_exercise()),
    "clinic.Clinic": lambda: apps.get_model("clinic.Clinic").objects.get(),
}


def test_every_page_of_the_admin_with_rows_is_tried():
    request = RequestFactory().get("/")
    request.user = apps.get_model("auth.User")(is_superuser=True, is_active=True)
    with_rows = {
        model._meta.label
        for model, options in admin.site._registry.items()
        if options.inlines and options.has_change_permission(request)
    }

    assert with_rows <= PAGES.keys()


@pytest.mark.parametrize("label", PAGES)
@pytest.mark.parametrize("number", MANY)
@pytest.mark.parametrize("which", ["TOTAL", "INITIAL"])
def test_a_form_that_says_it_has_more_rows_than_it_sends_is_refused_at_once(
    staff_client, label, number, which
):
    page = PAGES[label]()
    url = reverse(f"admin:{label.lower().replace('.', '_')}_change", args=[page.pk])
    form = filled(staff_client.get(url))
    prefix = next(name for name in form if name.endswith(f"-{which}_FORMS"))
    began = time.process_time()

    answer = staff_client.post(url, form | {prefix: number})

    assert answer.status_code == 400
    assert time.process_time() - began < 1


def test_a_list_that_is_edited_in_place_is_bounded_too(staff_client):
    url = reverse("admin:clinic_clinician_changelist")
    form = {"form-TOTAL_FORMS": 999999999, "form-INITIAL_FORMS": 0, "_save": "Save"}

    assert staff_client.post(url, form).status_code == 400


def test_many_forms_together_are_bounded(staff_client):
    article = make_article()
    url = reverse("admin:articles_article_change", args=[article.pk])
    form = filled(staff_client.get(url))
    counts = {name: 49 for name in form if name.endswith("-TOTAL_FORMS")}

    assert len(counts) > 8
    assert staff_client.post(url, form | counts).status_code == 400


def test_a_number_that_is_none_is_told_in_the_form_and_not_refused(staff_client):
    routine = make_routine(make_exercise())
    url = reverse("admin:exercises_routine_change", args=[routine.pk])
    form = filled(staff_client.get(url))

    answer = staff_client.post(url, form | {"items-TOTAL_FORMS": "many"})

    assert answer.status_code == 200
    assert "ManagementForm data is missing" in answer.text


def test_a_routine_with_all_its_rows_is_saved(staff_client):
    routine = make_routine(*[make_exercise() for _ in range(5)])
    url = reverse("admin:exercises_routine_change", args=[routine.pk])

    answer = staff_client.post(url, filled(staff_client.get(url)))

    assert answer.status_code == 302
