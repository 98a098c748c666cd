import shutil
from pathlib import Path

import pytest

from tests.serving import answer, free_port, start, stop, wait_until

TOOLS = Path(__file__).parent / "node_modules"


@pytest.fixture(scope="session")
def address(tmp_path_factory):
    """A new site as `make run` serves it: hashed and compressed files, the strict policy."""
    port = free_port()
    site = start(tmp_path_factory.mktemp("site"), port)
    wait_until(lambda: answer(port, "/readyz") == (200, "ready\n"))
    yield f"http://127.0.0.1:{port}"
    stop(site)


@pytest.fixture(scope="session")
def tool():
    """Where a tool of package.json lies; skips while it or what runs it is missing."""

    def find(path, runner):
        if not shutil.which(runner):
            pytest.skip(f"{runner} is not on this machine")
        if not (TOOLS / path).exists():
            pytest.skip(f"{path} is not installed: npm ci --prefix tests/quality")
        return str(TOOLS / path)

    return find
