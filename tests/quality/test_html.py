"""Every page that a visitor can get, in each of its states, judged by the Nu checker.

The admin's pages are left out: Django's own markup of them has errors.
"""

import json
import subprocess

import pytest

from tests.site.drawn import STATES, is_page, public_pages

pytestmark = [pytest.mark.quality, pytest.mark.django_db]


@pytest.fixture
def pages(first_content, nobody_guessed, client):
    """Each page that a visitor can get, by what it is."""
    answers = public_pages(client)
    return {name: each.content for name, each in answers if is_page(each)}


def errors(tool, folder, pages):
    """What the checker finds on each of ``pages``."""
    names = {}
    for number, (name, content) in enumerate(pages.items()):
        (folder / f"{number:03}.html").write_bytes(content)
        names[f"{number:03}.html"] = name
    command = ["java", "-jar", tool("vnu-jar/build/dist/vnu.jar", "java")]
    command += ["--format", "json", "--exit-zero-always"]
    report = subprocess.run(
        [*command, *sorted(str(path) for path in folder.glob("*.html"))],
        capture_output=True,
        text=True,
        timeout=600,
        check=True,
    )
    for each in json.loads(report.stderr)["messages"]:
        if each["type"] == "error":
            yield names[each["url"].rpartition("/")[2]], each["message"]


def test_the_nu_checker_finds_no_error_on_any_page(tool, tmp_path, pages):
    assert len(pages) > 60
    assert pages.keys() >= STATES.keys()
    assert sorted({*errors(tool, tmp_path, pages)}) == []
