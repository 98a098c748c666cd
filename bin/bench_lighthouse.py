"""Lighthouse's score for the speed of each public kind of page, on a phone that is slowed down four times.

It is a time and so the machine's as well: a run beside other work says less. ``make test`` asks for what can be counted.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from chromium import CHROMIUM, QUIET
from screenshots import PAGES, ROOT, serve

CLI = ROOT / "tests/quality/node_modules/lighthouse/cli/index.js"
METRICS = ["largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift"]


def main():
    if not (shutil.which("node") and CLI.exists() and CHROMIUM):
        sys.exit("SKIPPED: Lighthouse, Node or Chromium is not there.")
    print(f"\nLighthouse, load {os.getloadavg()[0]:.1f}: score, then", *METRICS)
    with tempfile.TemporaryDirectory() as folder:
        site, url = serve(folder)
        try:
            for name, path in PAGES.items():
                report(name, measured(url + path, Path(folder) / "report.json"))
        finally:
            site.send_signal(signal.SIGTERM)
            site.wait(30)


def measured(url, path):
    flags = " ".join(["--headless", *QUIET])
    command = ["node", CLI, url, f"--chrome-flags={flags}", "--quiet"]
    command += ["--only-categories=performance", "--output=json"]
    environment = {**os.environ, "CHROME_PATH": CHROMIUM}
    subprocess.run([*command, f"--output-path={path}"], env=environment, check=True)
    return json.loads(path.read_text())


def report(name, found):
    score = round(found["categories"]["performance"]["score"] * 100)
    values = [found["audits"][each]["displayValue"] for each in METRICS]
    print(f"{score:4}  {name:10} {', '.join(values)}", flush=True)


if __name__ == "__main__":
    main()
