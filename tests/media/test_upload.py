"""Uploads through the admin's own form, sent byte by byte as no browser would."""

import re

import pytest
from django.urls import reverse

from kneecare.clinic.models import Clinician
from kneecare.publishing.publish import publish
from tests.factories import make_draft, make_image_block, make_upload

pytestmark = [pytest.mark.django_db, pytest.mark.same_on_any_database("files")]
ADD = "/admin/clinic/clinician/add/"
BOUNDARY = b"a-boundary"


def post(client, file_name, *, content=None, **fields):
    """Send the form with a file whose name no client library would let through."""
    words = {"name": "Ada", "slug": "ada", "position": "0", "is_shown": "on"}
    words |= {"focus_x": "50", "focus_y": "50"} | fields
    parts = [
        b'Content-Disposition: form-data; name="%b"\r\n\r\n%b'
        % (k.encode(), v.encode())
        for k, v in words.items()
    ]
    parts.append(
        b'Content-Disposition: form-data; name="portrait"; filename="%b"\r\n'
        b"Content-Type: text/html\r\n\r\n%b"
        % (file_name, content or make_upload((64, 48)).read())
    )
    body = b"".join(b"--%b\r\n%b\r\n" % (BOUNDARY, part) for part in parts)
    return client.post(
        ADD,
        body + b"--%b--\r\n" % BOUNDARY,
        content_type="multipart/form-data; boundary=a-boundary",
    )


NAMES = [
    b"<img src=x onerror=alert(1)>.jpg",
    b"'><script>alert(1)</script>.jpg",
    b"%22%3E%3Cscript%3Ealert(1)%3C/script%3E.jpg",
    b"../../../etc/passwd",
    b"..\\..\\x.jpg",
    b"k" * 300 + b".jpg",
    b"knee\0.php.jpg",
    "a\u202egpj.exe".encode(),
    b"x.svg",
    b".htaccess",
    b"CON",
]


@pytest.mark.parametrize("file_name", NAMES)
def test_a_hostile_file_name_leaves_no_trace(staff_client, file_name):
    response = post(staff_client, file_name)

    assert response.status_code == 302, re.findall("errorlist.*", response.text)
    person = Clinician.objects.get(slug="ada")
    assert re.fullmatch(r"pictures/[0-9a-f]{32}\.webp", person.portrait.name)
    pages = [
        reverse("admin:clinic_clinician_change", args=[person.pk]),
        "/admin/media/picture/",
        "/about/",
    ]
    for page in map(staff_client.get, pages):
        assert page.status_code == 200
        for trace in ["alert(1)", "passwd", "kkkk", "php", "\u202e", "htaccess"]:
            assert trace not in page.text


@pytest.mark.parametrize("file_name", NAMES)
def test_a_form_that_comes_back_says_nothing_of_the_file_s_name(
    staff_client, file_name
):
    response = post(staff_client, file_name, content=b"<script>alert(1)</script>")

    assert response.status_code == 200
    assert "not a JPEG, PNG or WebP picture" in response.text
    assert "alert(1)" not in response.text
    assert 'value="Ada"' in response.text
    assert not Clinician.objects.exists()


@pytest.mark.parametrize("file_name", [b"", b".", b"..", b"\xff\xfe.jpg"])
def test_a_file_without_a_name_that_can_be_read_is_no_file(staff_client, file_name):
    assert post(staff_client, file_name).status_code == 302

    assert not Clinician.objects.get().portrait


def test_words_about_a_picture_are_only_words(client):
    article = make_draft()
    payload = '"><script>alert(1)</script>'
    make_image_block(article, alt=payload, caption=payload)
    publish(article, by=None)

    page = client.get(article.get_absolute_url()).text

    assert page.count("&quot;&gt;&lt;script&gt;alert(1)") == 2
    assert "<script>alert" not in page
