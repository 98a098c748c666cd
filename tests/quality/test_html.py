import json
import subprocess
import urllib.error
import urllib.request

import pytest

from tests.site.pages import PAGES

# One started site for all that use one.
pytestmark = [pytest.mark.quality, pytest.mark.xdist_group("started site")]


def save(address, folder):
    """Each page as a file, and a page that is not there."""
    for number, path in enumerate([*PAGES, "/no-such-page/"]):
        try:
            with urllib.request.urlopen(address + path, timeout=20) as response:  # noqa: S310
                html = response.read()
        except urllib.error.HTTPError as error:
            html = error.read()
        (folder / f"{number:02}.html").write_bytes(html)


def test_the_nu_checker_finds_no_error_on_any_page(address, tool, tmp_path):
    jar = tool("vnu-jar/build/dist/vnu.jar", "java")
    save(address, tmp_path)
    files = sorted(str(path) for path in tmp_path.glob("*.html"))
    command = ["java", "-jar", jar, "--format", "json", "--exit-zero-always", *files]

    report = subprocess.run(
        command, capture_output=True, text=True, timeout=300, check=True
    )

    messages = json.loads(report.stderr)["messages"]
    errors = [
        (each["url"][-7:], each["message"])
        for each in messages
        if each["type"] == "error"
    ]
    assert errors == []
