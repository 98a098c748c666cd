"""What the look promises: words and controls that can be read in both themes, and styles that load fast."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string

from kneecare.core.http import static_files

pytestmark = pytest.mark.same_on_any_database("style sheets")

CSS = Path(settings.BASE_DIR) / "static" / "css"
STYLESHEETS = sorted(CSS.rglob("*.css"))
LARGEST = 12_000  # bytes of CSS on one page, compressed

TEXT = 4.5
SHAPE = 3.0
# (what is drawn, what it is drawn on, the least contrast): each pair that a component uses.
PAIRS = [
    *(
        (words, ground, TEXT)
        for words in ["text", "muted", "link"]
        for ground in ["page", "surface", "sunken", "action-soft"]
    ),
    *(
        (words, ground, TEXT)
        for words in ["text", "link"]
        for ground in ["tip-soft", "warning-soft", "urgent-soft"]
    ),
    *(
        (tone, ground, TEXT)
        for tone in ["tip", "warning", "urgent"]
        for ground in [f"{tone}-soft", "page", "surface"]
    ),
    ("on-action", "action", TEXT),
    ("on-action", "action-hover", TEXT),
    ("on-inverse", "inverse", TEXT),
    ("on-emergency", "emergency", TEXT),
    ("page", "figure", TEXT),  # the number of a step
    ("action", "inverse", SHAPE),  # the focus ring in the footer
    *(
        (line, ground, SHAPE)
        for line in ["border", "focus", "figure", "action-edge"]
        for ground in ["page", "surface", "sunken", "action-soft"]
    ),
]


def _declared(css):
    return dict(re.findall(r"(--[\w-]+):\s*([^;]+);", css))


def _themes():
    light, dark = (CSS / "tokens.css").read_text().split("prefers-color-scheme: dark")
    light = _declared(light)
    dark = _declared(dark.split("@media")[0])
    return {"light": light, "dark": light | dark}


THEMES = _themes()


def _colour(theme, role):
    return _hex(theme, f"var(--color-{role})")


def _hex(theme, value):
    while name := re.fullmatch(r"var\((--[\w-]+)\)", value):
        value = THEMES[theme][name[1]]
    return [int(value[i : i + 2], 16) / 255 for i in (1, 3, 5)]


def _luminance(colour):
    """Relative luminance as WCAG 2.2 defines it."""
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour
    ]
    return sum(
        weight * c for weight, c in zip([0.2126, 0.7152, 0.0722], linear, strict=True)
    )


def contrast(theme, one, other):
    low, high = sorted(_luminance(_colour(theme, role)) for role in (one, other))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("drawn", "ground", "least"), PAIRS)
def test_roles_that_meet_can_be_told_apart(theme, drawn, ground, least):
    assert contrast(theme, drawn, ground) >= least


ADMIN_THEME = dict(
    re.findall(
        r"--([\w-]+): light-dark\((.*?)\);", (CSS / "admin/theme.css").read_text()
    )
)
# As in PAIRS, for the variables of Django's admin.
ADMIN_PAIRS = [
    *(
        (words, ground, TEXT)
        for words in ["body-fg", "body-quiet-color", "link-fg", "error-fg"]
        for ground in ["body-bg", "darkened-bg", "selected-bg", "selected-row"]
    ),
    *(
        ("body-fg", ground, TEXT)
        for ground in ["message-success-bg", "message-warning-bg", "message-error-bg"]
    ),
    *(
        ("button-fg", ground, TEXT)
        for ground in ["button-bg", "button-hover-bg", "delete-button-bg"]
    ),
    ("button-fg", "close-button-bg", TEXT),
    ("button-fg", "object-tools-bg", TEXT),
    ("header-link-color", "header-bg", TEXT),
    ("breadcrumbs-fg", "breadcrumbs-bg", TEXT),
    ("breadcrumbs-link-fg", "breadcrumbs-bg", TEXT),
    ("border-color", "body-bg", SHAPE),
    ("focus", "body-bg", SHAPE),
    ("focus", "darkened-bg", SHAPE),
]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("drawn", "ground", "least"), ADMIN_PAIRS)
def test_colours_that_meet_in_the_admin_can_be_told_apart(theme, drawn, ground, least):
    values = [ADMIN_THEME[name].split(", ") for name in [drawn, ground]]

    low, high = sorted(
        _luminance(_hex(theme, light if theme == "light" else dark))
        for light, dark in values
    )

    assert (high + 0.05) / (low + 0.05) >= least


@pytest.mark.parametrize("theme", THEMES)
def test_every_colour_role_leads_to_a_colour(theme):
    roles = [name for name in THEMES[theme] if name.startswith("--color-")]

    colours = [_colour(theme, role.removeprefix("--color-")) for role in roles]

    assert all(len(colour) == 3 for colour in colours)


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


def test_a_stylesheet_points_at_no_file_so_that_it_can_be_bundled():
    assert "url(" not in static_files.bundle()


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

    known = THEMES["light"].keys() | _declared(css).keys()
    if sheet.parent.name == "admin":  # the admin's own, which its theme sets
        known |= _declared((sheet.parent / "theme.css").read_text()).keys()
    assert used <= known


@pytest.mark.parametrize("template", ["400.html", "500.html", "503.html"])
def test_a_page_for_a_broken_site_needs_no_database(template):
    html = render_to_string(template)

    assert html.count("<h1") == 1
    assert "css/tokens.css" in html
