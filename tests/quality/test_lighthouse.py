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
    "/topics/patellar-tendinitis/",
    "/routines/knee-strength-starter/",
    "/routines/knee-strength-starter/play/",
    "/book/",
    "/contact/",
    "/programs/revive-u/",
    "/about/",
]
# Not for search engines, which costs them the one point that Lighthouse counts.
UNLISTED = ["/search/?q=kneecap", "/my-progress/"]
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


def reaches(found, wanted):
    return all(found.get(name, 0) >= score for name, score in wanted.items())


@pytest.mark.parametrize("path", [*KINDS, *UNLISTED])
def test_lighthouse_gives_a_hundred_four_times(
    address, tool, tmp_path, monkeypatch, path
):
    cli = tool("lighthouse/cli/index.js", "node")
    wanted = FULL | ({"seo": 0} if path in UNLISTED else {})
    best: dict[str, int] = {}
    for _ in range(TRIES):
        found = scores(cli, address + path, tmp_path / "report.json", monkeypatch)
        best |= {name: max(score, best.get(name, 0)) for name, score in found.items()}
        if reaches(best, wanted):
            break

    assert reaches(best, wanted), best
