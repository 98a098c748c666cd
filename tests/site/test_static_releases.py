"""The stylesheet that a page names is there: before, during and after an upgrade."""

import json
import os
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.http import HttpResponse
from django.test import RequestFactory

from kneecare.core.http.static_files import StaticFilesMiddleware
from kneecare.site import static_releases

MANIFEST = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"


@pytest.fixture
def release(settings, tmp_path):
    """Prepare a release whose stylesheet says ``words``; the hashed name of it."""
    source = tmp_path / "code" / "static"
    source.mkdir(parents=True)
    settings.BASE_DIR = source.parent
    settings.STATICFILES_DIRS = [source]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]  # fmt: skip
    settings.STATIC_ROOT = tmp_path / "var" / "static"
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": MANIFEST}}

    def prepare(words):
        (source / "site.css").write_text(words)
        static_releases.collect()
        return ManifestStaticFilesStorage().stored_name("site.css")

    return prepare


def test_the_files_of_two_releases_before_stay_and_older_ones_go(release, settings):
    def there():
        return [(settings.STATIC_ROOT / name).exists() for name in names]

    names = [release(f"a{{order:{n}}}") for n in range(3)]
    assert there() == [True, True, True]

    names.append(release("a{order:3}"))

    assert there() == [False, True, True, True]


def test_a_step_back_keeps_what_was_just_served(release, settings):
    first, second = release("a{order:1}"), release("a{order:2}")

    assert release("a{order:1}") == first
    assert (settings.STATIC_ROOT / second).exists()


def test_the_files_of_a_version_that_kept_no_list_stay(release, settings):
    settings.STATIC_ROOT.mkdir(parents=True)
    (settings.STATIC_ROOT / "old.0123456789ab.css").write_text("a{}")

    release("a{order:1}")

    assert (settings.STATIC_ROOT / "old.0123456789ab.css").exists()


def test_no_moment_lacks_a_file_that_is_named(release, settings, monkeypatch):
    names = [release("a{order:1}")]
    seen = []

    def replace(source, target):
        os.rename(source, target)
        named = json.loads((settings.STATIC_ROOT / "staticfiles.json").read_text())
        wanted = [*names, *named["paths"].values()]
        seen.append([(settings.STATIC_ROOT / name).exists() for name in wanted])

    monkeypatch.setattr(static_releases.os, "replace", replace)
    names.append(release("a{order:2}"))

    assert len(seen) == 4  # as it was, by its hash, what names it, the list of releases
    assert all(map(all, seen))


def test_files_that_somebody_deleted_are_made_again(release, settings):
    name = release("a{order:1}")
    (settings.STATIC_ROOT / name).unlink()

    release("a{order:1}")

    assert (settings.STATIC_ROOT / name).exists()


def served(middleware, url):
    response = middleware(RequestFactory().get(url))
    text = b"".join(response).decode()
    for close in response._resource_closers:  # response.close() asks the database
        close()
    return response.status_code, text, response.headers.get("Cache-Control", "")


@pytest.fixture
def running(settings, tmp_path):
    """A process that was started before the files came."""
    settings.STATIC_ROOT = tmp_path
    (tmp_path / "old.0123456789ab.css").write_text("old")
    return StaticFilesMiddleware(lambda request: HttpResponse("none", status=404))


def test_a_process_serves_the_files_of_the_release_after_it(running, tmp_path):
    (tmp_path / "new.0123456789ab.css").write_text("new")
    (tmp_path / "secret.css").write_text("not by its hash")

    status, text, kept = served(running, "/static/new.0123456789ab.css")

    assert (status, text) == (200, "new")
    assert re.search("max-age=315360000.*immutable", kept)
    assert served(running, "/static/secret.css")[0] == 404
    assert served(running, "/static/../static/new.0123456789ab.css")[0] == 404


def test_a_file_that_is_gone_since_the_start_is_not_found_and_no_fault(running):
    Path(running.static_root, "old.0123456789ab.css").unlink()

    assert served(running, "/static/old.0123456789ab.css")[0] == 404
    assert served(running, "/static/old.0123456789ab.css")[0] == 404
