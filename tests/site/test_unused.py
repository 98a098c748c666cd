"""Nothing lies about that nobody uses: each template, stylesheet, script, picture, setting and package is named somewhere."""

import json
import re
import tomllib
from importlib.metadata import distribution

import pytest
from django.apps import apps
from django.conf import global_settings
from django.template.utils import get_app_template_dirs

from tests.site.modules import with_imports
from tests.site.naming import (
    OURS,
    ROOT,
    all_strings,
    is_composed,
    our_python,
    texts,
    their_python,
    with_gaps,
)

pytestmark = [pytest.mark.slow, pytest.mark.same_on_any_database("files")]

TEMPLATES, STATIC = ROOT / "templates", ROOT / "static"
# A list of what the browser keeps is no use of it.
LISTS = ["kneecare/site/pwa.py"]


def names(folder, *patterns):
    found = [path for pattern in patterns for path in folder.rglob(pattern)]
    return sorted(p.relative_to(folder).as_posix() for p in found if p.is_file())


@pytest.fixture(scope="module")
def ours():
    """All strings of our code, and the words that may fill their gaps: models and apps are named by Django."""
    said = all_strings(our_python(without=LISTS))
    labels = {each.label for each in apps.get_app_configs()}
    models = {model._meta.model_name for model in apps.get_models()}
    return said, said | labels | models


@pytest.fixture(scope="module")
def in_templates():
    return "".join(texts("*", "templates").values())


def is_quoted(name, text):
    return f'"{name}"' in text or f"'{name}'" in text


@pytest.fixture(scope="module")
def theirs():
    said = all_strings(their_python())
    return said, with_gaps(said)


@pytest.mark.parametrize("name", names(TEMPLATES, "*"))
def test_every_template_is_drawn_by_something(name, ours, theirs, in_templates):
    said, words = ours
    whole = {name, name.rpartition(".")[0]}
    composed = with_gaps(said)
    shown = is_quoted(name, "".join(_style_guide(name)))

    assert (
        whole & said
        or is_quoted(name, in_templates)
        or any(is_composed(each, composed, words) for each in whole)
        or _stands_in_for_theirs(name, theirs, words)
        or shown
    ), f"Nothing draws {name}."


def _style_guide(name):
    """The style guide's list, for what is made for it alone: any other component is to be on a page as well."""
    if name.startswith("admin/styleguide/"):
        yield from texts("*.toml", "kneecare/site/styleguide").values()


def _stands_in_for_theirs(name, theirs, words):
    """Whether a package asks for ``name``: it says so, or has a template of that name, or one for all models."""
    said, composed = theirs
    folders = get_app_template_dirs("templates")
    of_all_models = re.sub(r"^admin/(\w+)/((\w+)/)?(?=\w+\.html$)", "admin/", name)
    return (
        name in said
        or is_composed(name, composed, words)
        or any((folder / each).exists() for folder in folders for each in {name, of_all_models})
    )  # fmt: skip


@pytest.mark.parametrize("name", names(STATIC, "*.css"))
def test_every_stylesheet_is_linked(name, ours, in_templates):
    is_of_every_page = re.fullmatch(r"css/(components/)?[\w-]+\.css", name)

    assert is_of_every_page or name in ours[0] or is_quoted(name, in_templates)


@pytest.mark.parametrize("name", names(STATIC, "*.js"))
def test_every_script_is_loaded_by_a_page_or_by_another_script(
    name, ours, in_templates
):
    loaded = [
        STATIC / each
        for each in names(STATIC, "*.js")
        if each in ours[0] or is_quoted(each, in_templates)
    ]

    assert STATIC / name in with_imports(loaded)


@pytest.mark.parametrize("name", names(STATIC / "img", "*"))
def test_every_picture_is_shown(name, ours, in_templates):
    said = all_strings(our_python())
    composed = with_gaps(said)
    sizes = {str(size) for size in range(1024)}

    assert is_quoted(f"img/{name}", in_templates) or is_composed(
        f"img/{name}", composed, sizes
    )


def settings_of_the_project():
    text = (ROOT / "kneecare/settings.py").read_text()
    return sorted(set(re.findall(r"^([A-Z][A-Z_]+)\b.*? = ", text, re.MULTILINE)))


@pytest.mark.parametrize("name", settings_of_the_project())
def test_every_setting_is_read(name):
    mentioned = re.compile(rf"(?<![A-Z_]){name}(?![A-Z_])")
    own = (ROOT / "kneecare/settings.py").read_text()

    assert (
        hasattr(global_settings, name)
        or len(mentioned.findall(own)) > 1
        or any(f"settings.{name}" in text for text in our_python())
        or any(mentioned.search(text) for text in their_python())
        or _is_read_by_allauth(name)
    )


def _is_read_by_allauth(name):
    """It names its settings without the prefix of the app that each is of."""
    prefix, _, rest = name.partition("_")
    is_named = re.compile(rf'_setting\(\s*"{rest}"')
    return prefix in ["ACCOUNT", "MFA"] and any(map(is_named.search, their_python()))


PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
# What nobody names, and why it is there.
SILENT = {
    "tzdata": "Python's zoneinfo reads its time zones where the machine has none",
    "fido2": "allauth reads passkeys with it, and does not ask for it by itself",
}


def packages():
    groups = PROJECT["project"]["optional-dependencies"].values()
    named = [*PROJECT["project"]["dependencies"], *(each for g in groups for each in g)]
    found = {re.match(r"[\w-]+", each)[0] for each in named}
    return sorted(found - {PROJECT["project"]["name"]})


@pytest.fixture(scope="module")
def commands():
    """What is run, and what the tools are told."""
    files = ["Makefile", "Procfile", "bin/lock", "bin/test.py", "bin/run.py"]
    told = [json.dumps(PROJECT["tool"]), *((ROOT / f).read_text() for f in files)]
    return "\n".join(told)


@pytest.mark.parametrize("package", packages())
def test_every_package_is_imported_or_run(package, commands):
    files = distribution(package).files
    modules = {each.parts[0].removesuffix(".py") for each in files}
    tools = {each.name for each in distribution(package).entry_points}
    plugins = {each.group for each in distribution(package).entry_points}
    python = "\n".join(texts("*.py", *OURS, "tests", "bin").values())
    is_imported = re.compile(
        rf"^\s*(?:import|from) (?:{'|'.join(map(re.escape, modules))})\b", re.MULTILINE
    )
    is_run = re.compile(
        rf"(?<![\w-])(?:{'|'.join(map(re.escape, modules | tools | {package}))})(?![\w-])"
    )

    is_named = re.compile(rf"(?:{'|'.join(map(re.escape, modules))})\.\w")

    assert (
        package in SILENT
        or any(is_named.match(each) for each in all_strings(our_python()))
        or "pytest11" in plugins
        or is_imported.search(python)
        or is_run.search(commands)
    )


@pytest.mark.parametrize(
    "package",
    json.loads((ROOT / "tests/quality/package.json").read_text())["dependencies"],
)
def test_every_package_from_npm_is_used(package):
    files = [*texts("*.py", "tests/quality", "bin"), *texts("*.mjs", "tests/quality")]
    own = [path for path in files if "node_modules" not in path.parts]

    assert any(package in path.read_text() for path in own)
