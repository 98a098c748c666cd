"""How many bytes of script a page asks for, as browsers get them."""

import re

import brotli
import pytest
from django.contrib.staticfiles import finders

from tests.site.modules import with_imports
from tests.site.pages import PAGES

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("first_content"),
    pytest.mark.same_on_any_database("files"),
]
PLAYER = "/routines/knee-strength-starter/play/"
MOST, MOST_OF_THE_PLAYER = 10 * 1024, 14 * 1024
SCRIPT = re.compile(r'<script[^>]* src="/static/([^"]+)"')


def scripts(html):
    """The script files of a page, with those that they import, each once."""
    return with_imports(finders.find(name) for name in SCRIPT.findall(html))


@pytest.mark.parametrize("address", PAGES)
def test_a_page_asks_for_few_bytes_of_script(client, address):
    found = scripts(client.get(address).text)

    most = MOST_OF_THE_PLAYER if address == PLAYER else MOST
    assert sum(len(brotli.compress(each.read_bytes())) for each in found) <= most


def test_the_imports_of_a_script_are_counted(client):
    names = {script.name for script in scripts(client.get(PLAYER).text)}

    assert {"routine-player.js", "run.js", "store.js", "entries.js"} <= names
