import json
import shutil
import subprocess

import pytest

pytestmark = pytest.mark.quality
KINDS = [
    "/",
    "/articles/",
    "/articles/knee-pain-why-it-matters/",
    "/where-does-it-hurt/",
    "/when-to-get-help/",
    "/exercises/",
    "/exercises/glute-bridge/",
    "/routines/knee-strength-starter/",
    "/book/",
    "/contact/",
    "/programs/revive-u/",
    "/about/",
]
FLAGS = (
    "--headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
)
FULL = {"performance": 100, "accessibility": 100, "best-practices": 100, "seo": 100}
TRIES = 3  # a machine that is busy with something else slows one run down, not three


def scores(cli, url, report, monkeypatch):
    monkeypatch.setenv("CHROME_PATH", shutil.which("chromium") or "chromium")
    command = ["node", cli, url, f"--chrome-flags={FLAGS}", "--quiet"]
    command += ["--output=json", f"--output-path={report}"]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=180)
    if ran.returncode:
        # Lighthouse loses its browser now and then; that says nothing of the page.
        print(ran.stderr[-500:])  # noqa: T201 - pytest shows it when every try fails
        return {}
    found = json.loads(report.read_text())["categories"]
    return {name: round(category["score"] * 100) for name, category in found.items()}


@pytest.mark.parametrize("path", KINDS)
def test_lighthouse_gives_a_hundred_four_times(
    address, tool, tmp_path, monkeypatch, path
):
    cli = tool("lighthouse/cli/index.js", "node")
    best: dict[str, int] = {}
    for _ in range(TRIES):
        found = scores(cli, address + path, tmp_path / "report.json", monkeypatch)
        best |= {name: max(score, best.get(name, 0)) for name, score in found.items()}
        if best == FULL:
            break

    assert best == FULL
