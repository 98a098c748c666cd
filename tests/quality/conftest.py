import shutil
from pathlib import Path

import pytest

from tests.serving import start_and_wait, stop

TOOLS = Path(__file__).parent / "node_modules"


@pytest.fixture(scope="session")
def address(tmp_path_factory):
    """A new site as `make run` serves it: hashed and compressed files, the strict policy."""
    site, port = start_and_wait(tmp_path_factory.mktemp("site"))
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
