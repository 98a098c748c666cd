"""Whatever goes wrong with what is stored, the page is made: served uncached, never wrong, never 5xx."""

import errno
import os
import time

import pytest
from django.db import OperationalError

from kneecare.clinic.models import Clinic
from kneecare.stored import files, memory, release, revision
from tests.stored.asking import Site

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("first_content"),
    pytest.mark.same_on_any_database("files"),
]
PAGE = "/about/"


def stored_files():
    return sorted(p for p in files.folder().rglob("*") if p.is_file())


def another_process():
    return Site()


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_a_folder_that_takes_nothing_in_stores_nothing_and_says_so_once(
    site, monkeypatch, caplog, error
):
    def refuse(*args, **kwargs):
        raise OSError(error, "refused")

    monkeypatch.setattr("pathlib.Path.write_bytes", refuse)

    answers = [site.ask(PAGE, HTTP_ACCEPT_ENCODING="br") for _ in range(3)]

    assert [a.status for a in answers] == [200] * 3
    assert len({a.body for a in answers}) == 1
    assert not any(a.is_stored for a in answers)
    assert stored_files() == []
    assert caplog.text.count("Pages are not stored") == 1


def test_a_data_folder_that_cannot_be_written_to_is_no_hindrance(
    site, settings, tmp_path
):
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    settings.DATA_DIR = blocked

    assert [site.ask(PAGE).status for _ in range(2)] == [200, 200]


def test_the_last_of_the_disk_is_left_to_what_cannot_be_made_anew(site, monkeypatch):
    monkeypatch.setattr(files, "LEAST_ROOM", 2**62)

    assert not site.is_stored(PAGE)
    assert stored_files() == []


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[:-1],
        lambda data: data[:300],
        lambda data: data + b"x",
        lambda data: data.replace(b"KneeCare", b"KneeCart"),
        lambda data: bytes(len(data)),
        lambda data: b"zzzzzzzz" + data[8:],
    ],
    ids=["empty", "cut", "head alone", "longer", "changed", "zeros", "no sum"],
)
def test_a_broken_file_is_made_anew(site, damage):
    page = site.ask(PAGE)
    assert stored_files()
    for path in stored_files():
        path.write_bytes(damage(path.read_bytes()))

    found = another_process().ask(PAGE)

    assert found[:3] == page[:3]
    assert not found.is_stored
    assert another_process().ask(PAGE).is_stored


def test_a_file_under_the_name_of_another_page_is_not_taken_for_it(site):
    site.ask("/privacy/")
    [other] = [p for p in stored_files() if p.suffix == ".identity"]
    page = site.ask(PAGE)
    [own] = [p for p in stored_files() if p.suffix == ".identity" and p != other]
    own.write_bytes(other.read_bytes())

    assert another_process().ask(PAGE).body == page.body


def test_code_of_another_release_takes_nothing_of_this_one(site, monkeypatch):
    assert site.is_stored(PAGE)
    monkeypatch.setattr(files, "release", lambda: "another")
    other = another_process()

    assert not other.ask(PAGE).is_stored
    assert other.ask(PAGE).is_stored
    assert {p.parent.name for p in stored_files()} == {release.release(), "another"}
    monkeypatch.undo()
    assert site.ask(PAGE).is_stored


@pytest.mark.parametrize("name", ["SITE_URL", "HTTPS", "CDN_SECONDS", "SECURE_HSTS_SECONDS"])  # fmt: skip
def test_another_setting_is_another_release(settings, name):
    setattr(settings, name, getattr(settings, name))
    ours = release.release.__wrapped__()

    setattr(settings, name, 4711)

    assert release.release.__wrapped__() != ours


def test_another_secret_is_the_same_release(settings):
    settings.SECRET_KEY = "one"
    ours = release.release.__wrapped__()

    settings.SECRET_KEY = "another"

    assert release.release.__wrapped__() == ours


def test_while_nobody_can_tell_the_revision_pages_are_made_and_not_stored(
    site, monkeypatch
):
    assert site.is_stored(PAGE)

    def fail(database):
        raise OperationalError

    monkeypatch.setattr(revision, "_token", fail)
    monkeypatch.setattr("django.db.backends.base.base.BaseDatabaseWrapper.close", lambda self: None)  # fmt: skip
    monkeypatch.setattr("django.db.backends.sqlite3.base.DatabaseWrapper.close", lambda self: None)  # fmt: skip

    assert not site.is_stored(PAGE)
    assert site.ask(PAGE).status == 200


def test_one_process_makes_a_page_while_others_serve_themselves(site):
    site.ask(PAGE)
    [claim] = {p.with_suffix(".claim") for p in stored_files()}
    Clinic.objects.update(tagline="Another line")
    claim.touch()

    assert not site.is_stored(PAGE)
    assert "Another line" in site.ask(PAGE).text


def test_a_page_that_a_process_died_over_is_made_by_another_after_a_minute(site):
    site.ask(PAGE)
    [claim] = {p.with_suffix(".claim") for p in stored_files()}
    Clinic.objects.update(tagline="Another line")
    claim.touch()
    died = time.time() - 61
    os.utime(claim, (died, died))

    site.ask(PAGE)

    assert site.is_stored(PAGE)


def test_what_no_longer_holds_is_deleted_of_whichever_release(site):
    site.ask(PAGE)
    [old, *rest] = stored_files()
    # Files have the machine's time, also where that of the tests is shifted.
    for path in rest:
        os.utime(path, (time.time(), time.time()))
    long_ago = time.time() - files.OLD - 1
    os.utime(old, (long_ago, long_ago))
    gone = files.folder() / "before" / "x.br"
    gone.parent.mkdir()
    gone.touch()
    os.utime(gone, (long_ago, long_ago))

    files.sweep()

    assert stored_files() == rest
    assert not gone.parent.exists()


def test_a_process_holds_no_more_than_so_many_answers(site, monkeypatch):
    monkeypatch.setattr(memory, "MOST", 2)
    for url in [PAGE, "/privacy/", "/my-progress/", "/when-to-get-help/"] * 2:
        assert site.ask(url).status == 200

        assert len(memory._held) <= 2
