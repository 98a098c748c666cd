"""What ``/readyz`` tells: each thing that keeps the site from its work, in words that name nothing secret."""

from datetime import timedelta

import pytest
from django.core.files.storage import FileSystemStorage
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from kneecare.core.health import machine as health
from kneecare.core.jobs.schedule import JOBS
from kneecare.core.models import ClockCheck
from tests.site.test_project import django

pytestmark = pytest.mark.django_db
MANIFEST = "kneecare.core.http.static_files.StaticFilesStorage"
READY = (200, "ready\nWARNING: there was never a backup\n")


def said(client):
    answer = client.get("/readyz")
    return answer.status_code, answer.text


def test_ready_says_ready_while_all_is_well(client, worker_at_work):
    assert said(client) == READY


@pytest.mark.parametrize(("seconds", "is_well"), [(60, True), (180, False)])
def test_ready_tells_of_a_worker_that_is_silent(
    client, worker_at_work, seconds, is_well
):
    then = timezone.now() - timedelta(seconds=seconds)
    ClockCheck.objects.update(worker_alive_at=then)

    expected = READY if is_well else (503, "no worker is at work\n")
    assert said(client) == expected


def test_ready_tells_of_a_worker_that_never_was(client):
    assert said(client) == (503, "no worker is at work\n")


def test_a_worker_says_that_it_is_there_whatever_else_it_does():
    job = JOBS["kneecare.core.jobs.heartbeat.say_alive"]

    assert job.interval <= 30
    assert [each for each in JOBS.values() if each.lane == job.lane] == [job]


def test_ready_tells_of_a_database_that_is_not_migrated(client, worker_at_work):
    MigrationRecorder(connection).record_unapplied("sessions", "0001_initial")
    health._require_migrated.cache_clear()

    assert said(client) == (503, "the database is not migrated\n")

    MigrationRecorder(connection).record_applied("sessions", "0001_initial")
    assert said(client) == READY


def test_ready_tells_of_static_files_that_were_never_made(
    client, worker_at_work, settings, tmp_path
):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": MANIFEST}}

    assert said(client) == (503, "there are no static files\n")


def test_ready_tells_of_a_storage_that_is_away_and_not_what_it_is(
    client, worker_at_work, monkeypatch
):
    def fail(storage, name):
        raise OSError("https://key:secret@bucket.example")

    monkeypatch.setattr(FileSystemStorage, "exists", fail)

    assert said(client) == (503, "the pictures are away\n")


def test_ready_tells_of_a_folder_of_pictures_that_is_away(
    client, worker_at_work, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path / "gone"

    assert said(client) == (503, "the pictures are away\n")


def test_alive_asks_nobody(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/healthz").status_code == 200


def test_ready_tells_of_an_empty_database_and_of_all_else_that_is_missing(tmp_path):
    ask = "from django.test import Client; print(Client(SERVER_NAME='localhost').get('/readyz').text)"

    result = django(
        "shell", "-v0", "-c", ask, SECRET_KEY="x", KNEECARE_DATA=str(tmp_path)
    )

    assert result.stdout.split("\n")[0] == "the database is not migrated", result
    assert "there are no static files" in result.stdout
    assert "the pictures are away" in result.stdout
