"""``manage.py doctor``: what is wrong with an installation, in plain words, and what to do about it."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.files.storage import FileSystemStorage
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.utils import timezone

from kneecare.core.health import installation
from kneecare.core.models import ClockCheck
from tests.site.test_project import django

pytestmark = pytest.mark.django_db


@pytest.fixture
def well(worker_at_work, settings, monkeypatch):
    """An installation with which nothing is wrong."""
    # That of the tests may be shifted, and the database's is not.
    monkeypatch.setattr(installation, "SAME_TIME", timedelta.max)
    # Tests with a browser need it, and set it for all that run beside them.
    monkeypatch.delenv("DJANGO_ALLOW_ASYNC_UNSAFE", raising=False)
    settings.SECRET_KEY = "a-long-random-text-0123456789" * 2
    settings.SECURE_SSL_REDIRECT = True
    settings.EMAIL_BACKEND = "kneecare.core.mail.BoundedEmailBackend"
    ClockCheck.objects.update(backed_up_at=timezone.now())


def said():
    """How the doctor ends, and what it says below the line that names the installation."""
    out = StringIO()
    try:
        call_command("doctor", stdout=out)
    except SystemExit as end:
        return end.code, out.getvalue().partition("\n")[2]
    return 0, out.getvalue().partition("\n")[2]


def test_doctor_says_so_where_nothing_is_wrong(well):
    code, words = said()

    assert (words, code) == ("Nothing is wrong.\n", 0)


def test_doctor_says_what_ready_says_and_what_to_do(well, client):
    ClockCheck.objects.update(worker_alive_at=None)

    code, words = said()

    assert client.get("/readyz").text == "no worker is at work\n"
    assert code == 1
    assert words.startswith("\nILL: no worker is at work.\n    Start it: systemctl")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"backed_up_at": None}, "there was never a backup"),
        ({"backed_up_at": timezone.now() - timedelta(days=9)}, "9 days old"),
        (
            {"jumped_from": timezone.now(), "jumped_to": timezone.now()},
            "the clock jumped from",
        ),
    ],
)
def test_doctor_tells_what_will_be_missed_and_ready_does_not(
    well, client, fields, words
):
    ClockCheck.objects.update(**fields)

    code, text = said()

    assert (code, words in text, text.count("WRONG: ")) == (1, True, 1)
    assert client.get("/readyz").status_code == 200


def test_doctor_tells_of_settings_that_are_unsafe(well, settings):
    settings.DEBUG = True

    code, words = said()

    assert code == 1
    assert "You should not have DEBUG set to True in deployment" in words


def test_doctor_tells_of_pictures_that_cannot_be_taken_in(well, monkeypatch):
    def fail(storage, name, content):
        raise OSError("https://key:secret@bucket.example")

    monkeypatch.setattr(FileSystemStorage, "_save", fail)

    code, words = said()

    assert (code, "pictures cannot be taken in" in words) == (1, True)
    assert "secret" not in words


def test_doctor_leaves_no_picture_behind(well, settings):
    said()

    assert not list(settings.MEDIA_ROOT.rglob("doctor*"))


def test_doctor_notes_that_mail_leaves_nowhere_and_is_content(well, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"

    code, words = said()

    assert (code, "Note: mail goes into files" in words) == (0, True)


def test_doctor_names_a_database_that_is_away_once_and_looks_at_all_else(
    well, monkeypatch, settings, tmp_path
):
    def fail():
        raise DatabaseError("away")

    monkeypatch.setattr(connection, "cursor", fail)
    settings.MEDIA_ROOT = tmp_path / "gone"

    code, words = said()

    assert code == 1
    assert words.count("the database does not answer") == 1
    assert "the pictures are away" in words


def test_doctor_of_an_empty_machine_says_what_to_run(tmp_path):
    result = django("doctor", SECRET_KEY="x" * 60, KNEECARE_DATA=str(tmp_path))

    assert result.returncode == 1
    assert "the database is not migrated.\n    Run: python manage.py prepare" in result.stdout  # fmt: skip
    assert result.stderr == ""
