"""Every page that a visitor can get, in each of its states, and every page of the admin, judged by the Nu checker."""

import json
import subprocess

import pytest
from django.test import Client

from tests.site.addresses import every_name, is_for_staff, path_of
from tests.site.drawn import STATES, is_page, public_pages

pytestmark = [pytest.mark.quality, pytest.mark.django_db]
# How the message begins, and whose markup it is.
UPSTREAM = {
    "A “select” element with a “required” attribute": "Django: the row to copy of a list, with nothing to choose from",
    "The first “option” element in a “select” element": "the same, where the choice has a first",
    "Element “option” without attribute “label”": "Django: the empty row to choose by search",
    "The value of the “for” attribute of the “label”": "the block editor: the labels of its hidden fields",
}


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


@pytest.fixture
def staff_pages(first_content, nobody_guessed, staff_client):
    """Each page of the admin, by the name of its address."""
    names = filter(is_for_staff, every_name())
    answers = {name: staff_client.get(path_of(name)) for name in names}
    # A page of one who is not signed in yet.
    answers["account_login"] = Client().get(path_of("account_login"))
    return {name: each.content for name, each in answers.items() if each.content and is_page(each)}  # fmt: skip


def test_the_nu_checker_finds_no_error_of_ours_in_the_admin(tool, tmp_path, staff_pages):  # fmt: skip
    assert len(staff_pages) > 100
    found = {*errors(tool, tmp_path, staff_pages)}
    seen = {begin for begin in UPSTREAM for _, words in found if words.startswith(begin)}  # fmt: skip

    assert seen == UPSTREAM.keys(), "Mended there: take it from the list."
    assert sorted(each for each in found if not each[1].startswith(tuple(UPSTREAM))) == []  # fmt: skip


def test_the_nu_checker_finds_no_error_on_any_page(tool, tmp_path, pages):
    assert len(pages) > 60
    assert pages.keys() >= STATES.keys()
    assert sorted({*errors(tool, tmp_path, pages)}) == []
