"""Words and edges can be told from what they stand on, in both themes: for each pair of colours that a stylesheet makes."""

import django
import pytest

from tests.site.colours import (
    SHEETS,
    THEMES,
    admin_colour,
    admin_words_and_grounds,
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


# Of the admin's stylesheets, Django's and ours: words that have a ground of their own, by how they begin.
STANDS_ON = {
    "header-": "header-bg",
    "accent": "header-bg",
    "breadcrumbs-": "breadcrumbs-bg",
    "button-fg": "button-bg",
}
# And grounds whose words are named by another rule: a variable, or a colour that is the same in both themes.
INK = "#333333"
CARRIES = {
    "button-hover-bg": "button-fg",
    "close-button-hover-bg": "button-fg",
    "delete-button-hover-bg": "button-fg",
    "object-tools-hover-bg": "button-fg",
    "object-tools-bg": "button-fg",
    "default-button-bg": INK,
    "default-button-hover-bg": INK,
    "header-bg": "header-link-color",
    "primary": "primary-fg",
    "secondary": "header-link-color",
    "accent": INK,
}
# What Django's rule asks for and ours overrules, or draws without words.
OVERRULED = {
    ("#777777", ""): "a quotation: theme.css",
    ("#993300", ""): "strong words in code: theme.css",
    ("#cc3434", ""): "a link that deletes: theme.css",
    ("#993333", ""): "the same, pointed at: theme.css",
    ("#cccccc", ""): "the arrows of the calendar: theme.css",
    ("", "#ffffff"): "the days of the calendar: theme.css",
    ("#ffffff", "header-bg"): "a day that is pressed: theme.css",
    ("button-fg", "secondary"): "the chosen day: theme.css",
    ("#ffffff", "link-hover-color"): "the pages of a list: theme.css",
    ("", "#eeeeee"): "the ground of two arrows, drawn as pictures",
    ("header-bg", ""): "the hole in the sign of the theme, which is drawn in another",
    ("hairline-color", "hairline-color"): "a line across the page",
    ("border-color", ""): "a sign that a list may be sorted by",
}


def admin_pairs():
    """The same of the admin."""
    for words, ground in {*admin_words_and_grounds()} - OVERRULED.keys():
        begin = next((each for each in STANDS_ON if words.startswith(each)), None)
        if words and ground:
            yield words, ground, TEXT
        elif begin:
            yield words, STANDS_ON[begin], TEXT
        elif words:
            yield from ((words, plain, TEXT) for plain in ["body-bg", "darkened-bg"])
        elif ground in CARRIES:
            yield CARRIES[ground], ground, TEXT
        else:
            yield from ((words, ground, TEXT) for words in ["body-fg", "link-fg"])
    yield from (("focus", plain, SHAPE) for plain in ["body-bg", "darkened-bg"])
    yield "border-color", "body-bg", SHAPE


ADMIN_PAIRS = sorted({*admin_pairs()})


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("drawn", "ground", "least"), ADMIN_PAIRS)
def test_colours_that_meet_in_the_admin_can_be_told_apart(theme, drawn, ground, least):
    one, other = [admin_colour(theme, each) for each in [drawn, ground]]

    assert contrast(one, other) >= least


def test_the_pairs_of_the_admin_are_those_that_its_stylesheets_make():
    for pair in [
        ("body-fg", "body-bg", TEXT),
        ("body-quiet-color", "darkened-bg", TEXT),
        ("header-link-color", "header-bg", TEXT),
        ("body-fg", "message-warning-bg", TEXT),
        ("link-fg", "selected-row", TEXT),
    ]:
        assert pair in ADMIN_PAIRS
    if django.VERSION < (6,):  # a later one has rid itself of two of them
        assert OVERRULED.keys() <= {*admin_words_and_grounds()}


def test_a_rule_is_read_without_the_rules_within_it():
    css = "a { color: red; &:hover { color: blue; /* x: y; */ } margin: 0; }"

    assert [*rules(css)] == [{"color": "blue"}, {"color": "red", "margin": "0"}]
