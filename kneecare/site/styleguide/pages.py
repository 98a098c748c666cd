"""The style guide: every component of the site with its variants and what they are given, live."""

import tomllib
from pathlib import Path

from django.shortcuts import render
from django.views.decorators.http import require_safe

from kneecare.site.styleguide import samples
from kneecare.site.styleguide.component import Component

COMPONENTS = tomllib.loads(
    Path(__file__).with_name("components.toml").read_text(encoding="utf-8")
)["component"]


@require_safe
def index(request, context):
    """For staff; ``context`` is the admin's own."""
    return render(
        request, "admin/styleguide/index.html", {**context, "components": components()}
    )


def components():
    return [
        Component(each["name"], each["template"], _made(_variants(each)))
        for each in COMPONENTS
    ]


def _variants(component):
    return component.get("variants") or {"The only one": component.get("only", {})}


def _made(value):
    """``value`` from components.toml with the samples that it asks for, however deep."""
    if isinstance(value, list):
        return [_made(item) for item in value]
    if not isinstance(value, dict):
        return value
    if "sample" in value:
        given = {name: item for name, item in value.items() if name != "sample"}
        return getattr(samples, value["sample"])(**given)
    return {name: _made(item) for name, item in value.items()}
