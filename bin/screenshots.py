"""Fresh pictures of the main pages for docs/, from a new site: what `make screenshots` does."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from chromium import CHROMIUM, QUIET
from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
SCREENSHOTS = ROOT / "docs" / "screenshots"
PAGES = {
    "home": "/",
    "article": "/articles/knee-pain-why-it-matters/",
    "exercise": "/exercises/glute-bridge/",
    "routine": "/routines/knee-strength-starter/",
    "finder": "/where-does-it-hurt/",
    "book": "/book/",
    "search": "/search/?q=kneecap",
    "player": "/routines/knee-strength-starter/play/",
}
SIZES = {
    "phone": {"width": 360, "height": 740},
    "desktop": {"width": 1280, "height": 900},
}


def main():
    with tempfile.TemporaryDirectory() as folder:
        site, url = serve(folder)
        try:
            take_all(url)
        finally:
            site.send_signal(signal.SIGTERM)
            site.wait(30)
    print(
        f"{len(list(SCREENSHOTS.glob('*.png')))} pictures in {SCREENSHOTS.relative_to(ROOT)}/. Look at each one."
    )


def serve(folder):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    site = subprocess.Popen(
        [sys.executable, "bin/run.py", "--port", str(port)],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "KNEECARE_DATA": folder},
        stdout=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"
    for _ in range(600):
        try:
            urllib.request.urlopen(f"{url}/readyz", timeout=5).close()  # noqa: S310 - our own server
        except OSError:
            time.sleep(0.1)
        else:
            return site, url
    site.kill()
    sys.exit("The site did not start.")


def take_all(url):
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        for size, viewport in SIZES.items():
            for scheme in ["light", "dark"]:
                page = browser.new_page(viewport=viewport, color_scheme=scheme)
                for name, path in PAGES.items():
                    page.goto(url + path)
                    page.wait_for_load_state("networkidle")
                    take(page, SCREENSHOTS / f"{name}-{size}-{scheme}.png")
                page.close()
        browser.close()


def take(page, path):
    """The first two screens of a page, in few colours so that the repository stays small."""
    size = page.viewport_size
    page.screenshot(path=path, full_page=True)
    with Image.open(path) as picture:
        shown = picture.crop(
            (0, 0, size["width"], min(picture.height, 2 * size["height"]))
        )
        shown.convert("RGB").quantize(128).save(path, optimize=True)


if __name__ == "__main__":
    main()
