"""What the look promises: colours that have jobs, and styles that load fast."""

import gzip
import re

import pytest
from django.template.loader import render_to_string

from kneecare.core.http import static_files
from tests.site.colours import CSS, THEMES, colour, declared

pytestmark = pytest.mark.same_on_any_database("style sheets")

STYLESHEETS = sorted(CSS.rglob("*.css"))
LARGEST = 13_000  # bytes of CSS on one page, compressed


@pytest.mark.parametrize("theme", THEMES)
def test_every_colour_role_leads_to_a_colour(theme):
    roles = [name for name in THEMES[theme] if name.startswith("--color-")]

    colours = [colour(theme, f"var({role})") for role in roles]

    assert all(len(each) == 3 for each in colours)


def test_styles_stay_within_their_budget():
    assert len(gzip.compress(static_files.bundle().encode(), mtime=0)) <= LARGEST


def test_every_stylesheet_is_linked_once_and_tokens_come_first_until_they_are_bundled():
    html = render_to_string("includes/stylesheets.html")

    linked = re.findall(r'href="/static/css/([^"]+)"', html)

    assert linked[0] == "tokens.css"
    assert sorted(linked) == [
        sheet.relative_to(CSS).as_posix()
        for sheet in STYLESHEETS
        if sheet.parent.name not in ["admin", "pages"]  # linked where they are needed
    ]


def test_only_a_stylesheet_that_lies_beside_the_bundle_points_at_files():
    beside = (CSS.parent / static_files.BUNDLE).parent

    pointing = [sheet for sheet in STYLESHEETS if "url(" in sheet.read_text()]

    assert [sheet.name for sheet in pointing] == ["fonts.css"]
    assert pointing[0].parent == beside


@pytest.mark.parametrize(
    "sheet",
    [sheet for sheet in STYLESHEETS if sheet.parent.name != "admin"],
    ids=lambda sheet: sheet.stem,
)
def test_no_rule_that_visitors_get_is_nested(sheet):
    """Browsers of 2022 and before lose a nested rule, and what stands behind it."""
    css = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)

    assert "&" not in css


@pytest.mark.parametrize("sheet", STYLESHEETS, ids=lambda sheet: sheet.stem)
def test_only_the_tokens_name_raw_colours(sheet):
    used = re.sub(r"rgb\(0 0 0 / [\d.]+\)", "", sheet.read_text())

    named = re.findall(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch)\(", used)

    assert not named or sheet.name == "tokens.css"


@pytest.mark.parametrize("sheet", STYLESHEETS, ids=lambda sheet: sheet.stem)
def test_only_variables_that_exist_are_used(sheet):
    css = sheet.read_text()

    if sheet.parent.name == "admin":
        css += (sheet.parent / "theme.css").read_text()  # stands before it on each page

    used = set(re.findall(r"var\((--[\w-]+)\)", css))

    known = THEMES["light"].keys() | declared(css).keys()
    if sheet.parent.name == "admin":  # the admin's own, which its theme sets
        known |= declared((sheet.parent / "theme.css").read_text()).keys()
    assert used <= known


@pytest.mark.parametrize("template", ["400.html", "500.html", "503.html"])
def test_a_page_for_a_broken_site_needs_no_database(template):
    html = render_to_string(template)

    assert html.count("<h1") == 1
    assert "css/tokens.css" in html


def test_a_sign_that_is_not_read_out_shows_in_browsers_that_know_no_words_for_it():
    """They drop a ``content`` with a slash, and fall back to the one before it."""
    silent = re.findall(r"content: (.+?) / \"\";", static_files.bundle())
    with_fallback = re.findall(
        r"content: (.+?);\s+content: \1 / \"\";", static_files.bundle()
    )

    assert silent
    assert with_fallback == silent
