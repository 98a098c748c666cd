"""Words and edges can be told from what they stand on, in both themes: for each pair of colours that a stylesheet makes."""

import re

import pytest

from tests.site.colours import (
    CSS,
    SHEETS,
    THEMES,
    colour,
    contrast,
    lines,
    rules,
    words_and_grounds,
)

pytestmark = pytest.mark.same_on_any_database("style sheets")
TEXT, SHAPE = 4.5, 3.0
USED = sorted({pair for sheet in SHEETS for pair in words_and_grounds(sheet)})
# What words stand on where no rule says so.
PLAIN = ["page", "surface"]
# The words of the page itself, which stand on whatever has a ground and no words of its own.
RUNNING = ["text", "muted", "link"]
WORDLESS = {
    "inverse": "a film plays on it, and the footer names its words",
    "figure": "a sign beside a number",
    "urgent": "a sign beside a number",
}
ORNAMENT = {
    "line": "parts what is told apart by its place as well",
    "on-action": "within what is pressed, whose words have the same colour",
    "surface": "the gap around a line",
    "inverse": "the edge of a drawing's parts, of which the outline is a figure's",
    "action": "a stripe beside a border, or below a link that is underlined as well",
}


def pairs():
    """Each pair of roles that meets, with the least contrast."""
    for words, ground in USED:
        if words and ground:
            yield words, ground, TEXT
        elif words:
            yield from ((words, plain, TEXT) for plain in PLAIN)
        elif ground and ground not in WORDLESS:
            yield from ((words, ground, TEXT) for words in RUNNING)
    for line in {*lines()} - ORNAMENT.keys():
        yield from ((line, plain, SHAPE) for plain in PLAIN)


PAIRS = sorted({*pairs()})


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("drawn", "ground", "least"), PAIRS)
def test_roles_that_meet_can_be_told_apart(theme, drawn, ground, least):
    one, other = [colour(theme, f"var(--color-{role})") for role in [drawn, ground]]

    assert contrast(one, other) >= least


def test_the_pairs_are_those_that_the_stylesheets_make():
    """Of each way in which two colours meet, one that is known to be there."""
    for pair in [
        ("text", "page", TEXT),  # in one rule
        ("tip", "tip-soft", TEXT),  # a tone's two variables
        ("on-action", "action-hover", TEXT),  # the same, in a nested rule
        ("on-emergency", "emergency", TEXT),  # a variant's
        ("muted", "surface", TEXT),  # words alone
        ("link", "sunken", TEXT),  # a ground alone
        ("focus", "page", SHAPE),  # an edge
    ]:
        assert pair in PAIRS


def test_every_role_of_the_tokens_meets_another_or_is_named():
    roles = {name[8:] for name in THEMES["light"] if name.startswith("--color-")}
    met = {role for drawn, ground, _ in PAIRS for role in [drawn, ground]}

    assert roles - met == {"line"}


def test_no_exception_is_left_over():
    assert WORDLESS.keys() <= {ground for words, ground in USED if not words}
    assert ORNAMENT.keys() <= {*lines()}


ADMIN_THEME = dict(
    re.findall(
        r"--([\w-]+): light-dark\((.*?)\);", (CSS / "admin/theme.css").read_text()
    )
)
# For the variables of Django's admin, which its own stylesheets pair.
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
    one, other = [colour(theme, each[theme == "dark"]) for each in values]

    assert contrast(one, other) >= least


def test_a_rule_is_read_without_the_rules_within_it():
    css = "a { color: red; &:hover { color: blue; /* x: y; */ } margin: 0; }"

    assert [*rules(css)] == [{"color": "blue"}, {"color": "red", "margin": "0"}]
