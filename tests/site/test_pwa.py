"""What the browser installs, and what its worker keeps."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from kneecare.site.pwa import ASSETS
from tests.site.modules import with_imports

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.same_on_any_database("files, and pages as they are drawn"),
]
STATIC = Path(settings.BASE_DIR) / "static"


def imported(name):
    """``name`` of a module, and those of all that it imports."""
    return {
        script.relative_to(STATIC.resolve()).as_posix()
        for script in with_imports([STATIC / name])
    }


@pytest.mark.parametrize(
    "name", ["js/routine-player.js", "js/my-progress.js", "js/offline-copy.js"]
)
def test_the_worker_keeps_every_module_that_a_page_needs(name):
    assert imported(name) <= set(ASSETS)


def test_the_worker_names_files_that_exist_and_changes_with_them(client):
    script = client.get("/service-worker.js")

    kept = json.loads(re.search(r"const ASSETS = (\[.*?\]);", script.text)[1])
    assert all(finders.find(path.removeprefix("/static/")) for path in kept)
    assert script["Content-Type"] == "text/javascript"
    assert "no-cache" in script["Cache-Control"]


def test_the_manifest_names_the_clinic_and_icons_that_exist(client):
    manifest = client.get("/manifest.webmanifest").json()

    assert manifest["start_url"] == "/routines/"
    for icon in manifest["icons"]:
        assert (STATIC / icon["src"].removeprefix("/static/")).exists()
