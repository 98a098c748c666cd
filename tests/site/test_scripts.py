"""How many bytes of script a page asks for, as browsers get them: compressed, with all that each script imports."""

import re
from pathlib import Path

import brotli
import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from kneecare.core.http.static_files import COMMENT, without_comments
from kneecare.site.pwa import ASSETS
from tests.site.addresses import every_name, is_for_staff, path_of
from tests.site.modules import imports, with_imports
from tests.site.pages import PAGES

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db,
    pytest.mark.usefixtures("first_content", "nobody_guessed"),
    pytest.mark.same_on_any_database("files"),
]
JS = Path(settings.BASE_DIR) / "static" / "js"
PLAYER = "/routines/knee-strength-starter/play/"
MOST, MOST_OF_THE_PLAYER = 10 * 1024, 14 * 1024
SCRIPT = re.compile(r'<(?:script|link)\b[^>]* (?:src|href)="/static/([^"]+\.m?js)"')


def scripts(html):
    """The script files of a page, with those that they import, each once."""
    return with_imports(finders.find(name) for name in SCRIPT.findall(html))


def cost(html):
    """Bytes on the wire, as the site's storage compresses them."""
    served = [without_comments(each.read_text()) for each in scripts(html)]
    return sum(len(brotli.compress(each.encode())) for each in served)


def paths():
    names = [name for name in every_name() if not is_for_staff(name)]
    return [*PAGES, *map(path_of, names)]


def test_a_page_asks_for_few_bytes_of_script(staff_client):
    too_many = {}
    for path in paths():
        response = staff_client.get(path)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            most = MOST_OF_THE_PLAYER if path.endswith("/play/") else MOST
            if (found := cost(response.text)) > most:
                too_many[path] = found

    assert too_many == {}


def test_the_imports_of_a_script_are_counted(client):
    names = {script.name for script in scripts(client.get(PLAYER).text)}

    assert {"routine-player.js", "run.js", "store.js", "entries.js"} <= names


@pytest.mark.parametrize(
    "line",
    [
        'import { run } from "./run.js";',
        'import {\n  run,\n  stop,\n} from "./run.js";',
        "import './run.js';",
        'export { run } from "./run.js";',
        'const { run } = await import("./run.js");',
        'new Worker("./run.js");',
    ],
)
def test_no_way_to_import_escapes_the_count(tmp_path, line):
    script = tmp_path / "page.js"
    script.write_text(f"/** import x from './no.js' */\n{line}\n")

    assert imports(script) == [tmp_path / "run.js"]


def test_the_files_that_lie_on_a_device_are_all_that_the_player_needs():
    """One that is missing from the list of the worker stops the player where there is no network."""
    kept = {(JS.parent / name).resolve() for name in ASSETS if name.endswith(".js")}

    needed = {each for script in kept for each in imports(script)}

    assert needed <= kept


def test_every_script_is_asked_for_by_a_page(staff_client):
    asked = set()
    for name in [name for name in every_name() if name != "admin:logout"]:
        response = staff_client.get(path_of(name), follow=True)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            asked |= {*scripts(response.text)}

    assert {path.resolve() for path in JS.rglob("*.js")} - asked == set()


def test_scripts_are_served_without_comments_and_with_all_their_code():
    script = (
        '/**\n * What it is.\n */\nconst a = "/* b */"; // why\n  // alone\n  f(a);\n'
    )

    assert without_comments(script) == 'const a = "/* b */"; // why\n  f(a);\n'


def test_code_behind_a_comment_in_its_line_is_served():
    script = "/** a */ f();\ng();\n/* b */\nh();\n/* c **/\n"

    assert without_comments(script) == "/** a */ f();\ng();\nh();\n"


@pytest.mark.parametrize(
    "script", sorted(JS.rglob("*.js")), ids=lambda path: path.relative_to(JS).as_posix()
)
def test_no_text_in_a_script_has_a_line_like_a_comment(script):
    """A line in a text between backticks would be taken for one, and be gone."""
    texts = re.findall(r"`[^`]*`", COMMENT.sub("", script.read_text()))

    assert [text for text in texts if "\n" in text] == []
