"""Each class that a template gives is styled somewhere, and each that is styled is given somewhere."""

import re
from pathlib import Path

import content_editor
import django
import django.contrib.admin
import django_prose_editor
import pytest

from tests.site.naming import OURS, ROOT, texts

pytestmark = pytest.mark.same_on_any_database("templates and style sheets")

CSS = ROOT / "static" / "css"
ADMIN = Path(django.__file__).parent / "contrib" / "admin" / "static" / "admin"
STYLESHEETS = sorted(CSS.rglob("*.css"))
# Classes that no stylesheet names, and why they are given all the same.
HOOKS = {
    "plain-list": "a list of any class stands without bullets (reset.css)",
}
CLASS = r"\.(-?[_a-zA-Z][\w-]*)"
FILLED = "\0"
THEIRS = [django.contrib.admin, content_editor, django_prose_editor]


def styled(css):
    """The classes that the rules of a stylesheet select."""
    css = re.sub(r"/\*.*?\*/|\"[^\"]*\"", "", css, flags=re.DOTALL)
    rules = re.findall(r"([^{};]*)\{", css)
    return {
        name
        for rule in rules
        if not rule.strip().startswith("@")
        for name in re.findall(CLASS, rule)
    }


def given(template):
    """The classes of a template's elements; what Django fills in is a gap."""
    html = re.sub(r"{% comment %}.*?{% endcomment %}|{#.*?#}", "", template, flags=re.DOTALL)  # fmt: skip
    html = re.sub(r"{{.*?}}|{% firstof.*?%}", FILLED, html, flags=re.DOTALL)
    html = re.sub(r"{%.*?%}", " ", html, flags=re.DOTALL)
    return {name for value in re.findall(r'\bclass="([^"]*)"', html) for name in value.split()}  # fmt: skip


TEMPLATES = {
    path.relative_to(ROOT / "templates").as_posix(): text
    for path, text in texts("*.html", "templates").items()
}
IN_TEMPLATES = set().union(*(given(text) for text in TEMPLATES.values()))
OWN_STYLES = set().union(*(styled(sheet.read_text()) for sheet in STYLESHEETS))


def read_all(folder, suffix):
    return "\n".join(path.read_text() for path in sorted(folder.rglob(f"*{suffix}")))


ADMIN_STYLES = styled(read_all(ADMIN / "css", ".css"))
ADMIN_SCRIPTS = read_all(ADMIN / "js", ".js")


def is_styled(name, styles):
    """A block counts as styled with any of its elements; of a name with a gap, some filling does."""
    pattern = re.compile(re.escape(name).replace(FILLED, r"[\w-]+") + r"(__.+)?")
    return any(pattern.fullmatch(each) for each in styles)


@pytest.mark.parametrize("template", sorted(TEMPLATES))
def test_every_class_of_a_template_is_styled_or_named_as_a_hook(template):
    text = TEMPLATES[template]
    own = set().union(*(styled(css) for css in re.findall(r"<style>(.*?)</style>", text, re.DOTALL)))  # fmt: skip
    if template.startswith("emails/"):
        own |= styled(TEMPLATES["emails/base.html"].partition("<style>")[2])
    is_staff = "admin" in template.split("/")

    left = {
        name
        for name in given(text) - HOOKS.keys() - {FILLED}
        if not is_styled(name, OWN_STYLES | own)
        and not (is_staff and (name in ADMIN_STYLES or name in ADMIN_SCRIPTS))
    }

    assert left == set()


@pytest.mark.parametrize("name", HOOKS)
def test_a_hook_is_given_and_not_styled(name):
    assert name in IN_TEMPLATES
    assert name not in OWN_STYLES


def words(text):
    """The words of a piece of code, and with a gap those that it completes: ``part--${name}``."""
    whole = re.findall(r"[\w-]+", text)
    return {
        *whole,
        *(f"{start}{FILLED}" for start in re.findall(r"([\w-]+-)\$?{", text)),
    }


OUR_CODE = [*texts("*.py", *OURS).values(), *texts("*.js", "static/js").values()]
OURS_GIVEN = IN_TEMPLATES | words("\n".join(OUR_CODE))


@pytest.fixture(scope="module")
def given_in_the_admin():
    """What the packages that draw parts of the admin may give."""
    folders = [Path(each.__file__).parent for each in THEIRS]
    suffixes = [".html", ".js", ".css", ".py"]
    code = "\n".join(read_all(f, suffix) for f in folders for suffix in suffixes)
    return OURS_GIVEN | words(code) | given(code)


def unused(sheet, names):
    gaps = [re.escape(n).replace(FILLED, r"[\w-]+") for n in names if FILLED in n[1:]]
    pattern = re.compile("|".join(gaps))
    return {n for n in styled(sheet.read_text()) - names if not pattern.fullmatch(n)}


@pytest.mark.parametrize("sheet", STYLESHEETS, ids=lambda p: p.relative_to(CSS).as_posix())  # fmt: skip
def test_every_class_of_a_stylesheet_is_given_somewhere(sheet, given_in_the_admin):
    is_staff = sheet.parent.name == "admin"

    assert unused(sheet, given_in_the_admin if is_staff else OURS_GIVEN) == set()
