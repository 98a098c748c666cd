"""A component's template, stylesheet and block share one name: who knows one finds the others."""

import re

import pytest
from django.conf import settings

from tests.site.test_classes import given, styled

pytestmark = pytest.mark.same_on_any_database("templates and style sheets")

CSS = settings.BASE_DIR / "static" / "css"
STYLESHEETS = sorted((CSS / "components").glob("*.css"))
NAMES = {sheet.stem for sheet in STYLESHEETS}
TEMPLATES = sorted((settings.BASE_DIR / "templates/components").glob("[!_]*.html"))
# Components that are drawn as another block, and why.
DRAWN_AS = {
    "empty_state": ("call-to-action", "a call to action where there is nothing else"),
    "pagination": ("cluster", "links in a row, as grids.css lays out any"),
    "search_result": ("card", "a card, as of any page"),
    "topics": ("cluster", "buttons in a row, as grids.css lays out any"),
}
# Stylesheets that are of no block of their own, and why.
PART_OF = {"figure-motion": ("figure", "the way from pose to pose is long")}


def block(name):
    return re.split("__|--", name)[0]


def block_of(template):
    name = template.stem.replace("_", "-")
    if template.stem in DRAWN_AS:
        return DRAWN_AS[template.stem][0]
    return "card" if name.endswith("-card") else name


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.stem)
def test_a_component_draws_the_block_of_its_name(template):
    drawn = {block(name) for name in given(template.read_text())}

    assert block_of(template) in drawn


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.stem)
def test_the_block_of_a_component_has_a_stylesheet_of_its_name(template):
    sheet = CSS / "components" / f"{block_of(template)}.css"
    everywhere = {block(name) for name in styled((CSS / "grids.css").read_text())}

    assert sheet.exists() or block_of(template) in everywhere


@pytest.mark.parametrize("sheet", STYLESHEETS, ids=lambda path: path.stem)
def test_a_stylesheet_styles_the_block_of_its_name(sheet):
    name = PART_OF.get(sheet.stem, [sheet.stem])[0]
    css = sheet.read_text()

    blocks = {block(each) for each in styled(css)}
    is_element = re.search(rf"^  {name} {{", css, re.MULTILINE)

    assert name in blocks or is_element


@pytest.mark.parametrize("sheet", STYLESHEETS, ids=lambda path: path.stem)
def test_a_block_is_styled_in_no_other_component_unless_it_has_a_stylesheet(sheet):
    """A block in the surroundings of another is fine: each has its home. So are a block and the list of them."""
    layout = styled((CSS / "layout.css").read_text())
    blocks = {block(each) for each in styled(sheet.read_text())}

    homeless = blocks - NAMES - {block(each) for each in layout}

    assert {each for each in homeless if sheet.stem not in {each, f"{each}s", each[:-1]}} == set()  # fmt: skip


@pytest.mark.parametrize("name", DRAWN_AS)
def test_a_component_that_is_drawn_as_another_is_one(name):
    assert name in {template.stem for template in TEMPLATES}
    assert name.replace("_", "-") not in NAMES
