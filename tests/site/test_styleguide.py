"""The style guide shows every component, live, and needs no content for it."""

import re

import pytest
from django.conf import settings
from django.urls import reverse

from kneecare.site.styleguide.pages import components

pytestmark = pytest.mark.same_on_any_database("pages as they are drawn")

COMPONENTS = sorted((settings.BASE_DIR / "templates/components").glob("[!_]*.html"))


@pytest.mark.parametrize("component", COMPONENTS, ids=lambda path: path.stem)
def test_every_component_is_in_the_style_guide(component):
    shown = {each.template for each in components()}

    assert f"components/{component.name}" in shown


@pytest.mark.parametrize("component", components(), ids=lambda component: component.key)
def test_every_variant_of_a_component_draws_something_without_a_database(component):
    assert component.variants
    for variant, html in component.shown():
        assert re.search(r"<\w", html), variant.name


def test_the_page_names_every_component_its_variants_and_their_inputs(staff_client):
    html = staff_client.get(reverse("admin:patterns")).text

    for component in components():
        assert f'id="{component.key}"' in html
        assert html.count(f"<code>{component.template}</code>") == 1
    assert html.count('class="styleguide__variant"') == sum(
        len(component.variants) for component in components()
    )
    assert "<code>heading_level</code>" not in html
    assert "<code>tone</code></dt><dd>“urgent”</dd>" in html


def test_the_page_uses_each_id_once(staff_client):
    html = staff_client.get(reverse("admin:patterns")).text

    ids = re.findall(r'\sid="([^"]+)"', html)

    assert sorted(ids) == sorted(set(ids))


def test_staff_find_the_page_from_the_first_page_of_the_admin(staff_client):
    html = staff_client.get(reverse("admin:index")).text

    assert f'href="{reverse("admin:patterns")}"' in html


def test_the_page_keeps_the_focus_at_its_top(staff_client):
    assert "autofocus" not in staff_client.get(reverse("admin:patterns")).text
