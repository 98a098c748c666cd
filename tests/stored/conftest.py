import shutil

import pytest

from kneecare.stored import files, memory
from tests.stored.asking import Site


@pytest.fixture(autouse=True)
def nothing_stored():
    memory._held.clear()
    shutil.rmtree(files.folder(), ignore_errors=True)
    files._told.clear()


@pytest.fixture
def site():
    return Site()
