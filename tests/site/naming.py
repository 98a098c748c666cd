"""Which names the code says: whole, as words, or composed of words (``f"emails/{kind}.html"``)."""

import ast
import re
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.utils.module_loading import import_string

ROOT = Path(settings.BASE_DIR)
OURS = ["kneecare", "articles", "exercises", "bookings"]
GAP = "\0"


@cache
def texts(pattern, *folders):
    """The text of each file of these folders, by its path."""
    paths = [
        path
        for folder in folders
        for path in (ROOT / folder).rglob(pattern)
        if path.is_file()
    ]
    return {path: path.read_text(encoding="utf-8") for path in paths}


def our_python(*, without=()):
    files = texts("*.py", *OURS)
    left_out = {ROOT / each for each in without}
    return [text for path, text in files.items() if path not in left_out]


@cache
def their_python():
    """The code of the packages that Django is told to load and that are not ours, and of Django's own views."""
    named = [*settings.INSTALLED_APPS, *settings.MIDDLEWARE]
    # What a middleware of ours is made of is loaded with it.
    made_of = [
        getattr(import_string(name), "__mro__", ()) for name in settings.MIDDLEWARE
    ]
    named += [each.__module__ for bases in made_of for each in bases]
    roots = {name.split(".")[0] for name in named} - {*OURS, "django", "builtins"}
    django = [
        each.name for each in apps.get_app_configs() if each.name[:7] == "django."
    ]
    folders = [
        Path(find_spec(name).submodule_search_locations[0])
        for name in [*roots, *django, "django.views"]
    ]
    paths = {path for folder in folders for path in folder.rglob("*.py")}
    return [path.read_text(encoding="utf-8") for path in sorted(paths)]


@cache
def strings(text):
    """The strings of a piece of Python; what an f-string or a ``%s`` fills in is a gap."""
    found = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.add(node.value.replace("%s", GAP))
        elif isinstance(node, ast.JoinedStr):
            parts = [getattr(part, "value", None) for part in node.values]
            found.add("".join(p if isinstance(p, str) else GAP for p in parts))
    return found


def all_strings(sources):
    return set().union(*(strings(text) for text in sources))


def is_composed(name, composed, words):
    """Whether one of the strings with gaps makes ``name``, each gap filled by one of the words."""
    for each in composed:
        pattern = re.escape(each).replace(re.escape(GAP), "([^.]+)")
        if (found := re.fullmatch(pattern, name)) and words.issuperset(found.groups()):
            return True
    return False


def with_gaps(said):
    """The strings that have gaps and name at least one folder or file themselves."""
    suffix = re.compile(r"\.\w+$")
    return {s for s in said if GAP in s and re.search(r"\w{3}", suffix.sub("", s))}
