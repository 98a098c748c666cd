"""The browser of tests, pictures and figures, and how it is started."""

import shutil

# The shell without a window opens a new context in a quarter of the time.
NAMES = ["chromium-headless-shell", "chromium"]
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
