"""The pattern page shows every component, live, and needs no content for it."""

import re

import pytest
from django.conf import settings
from django.urls import reverse

from kneecare.site.styleguide.pages import patterns

COMPONENTS = sorted((settings.BASE_DIR / "templates/components").glob("[!_]*.html"))


@pytest.mark.parametrize("component", COMPONENTS, ids=lambda path: path.stem)
def test_every_component_has_a_pattern(component):
    shown = {pattern.template for pattern in patterns()}

    assert f"components/{component.name}" in shown


@pytest.mark.parametrize("pattern", patterns(), ids=lambda pattern: pattern.key)
def test_every_variant_of_a_pattern_draws_something_without_a_database(pattern):
    assert pattern.variants
    for variant, html in pattern.shown():
        assert re.search(r"<\w", html), variant.name


def test_the_page_names_every_pattern_its_variants_and_their_inputs(staff_client):
    html = staff_client.get(reverse("admin:patterns")).text

    for pattern in patterns():
        assert f'id="{pattern.key}"' in html
        assert html.count(f"<code>{pattern.template}</code>") == 1
    assert html.count('class="styleguide__variant"') == sum(
        len(pattern.variants) for pattern in patterns()
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
