"""The site as it stands behind what is shipped in deploy/: a part of the fault stage of bin/test.py."""

import pytest


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/deploy/" in item.path.as_posix():
            item.add_marker(pytest.mark.faults)
