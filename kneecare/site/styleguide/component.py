"""One component of the site's look with its variants, and how it is shown in the style guide."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.messages.storage.base import Message
from django.db.models import Model
from django.template.loader import render_to_string


@dataclass
class Variant:
    name: str
    inputs: dict[str, Any]

    def inputs_in_words(self):
        return [(name, in_words(value)) for name, value in self.inputs.items()]


class Component:
    """A template, and the variants to show it in: ``inputs`` maps the name of each to what its template is given."""

    def __init__(self, name: str, template: str, inputs: dict[str, dict[str, Any]]):
        self.name = name
        self.template = template
        self.variants = [Variant(*each) for each in inputs.items()]

    @property
    def key(self):
        return self.template.removesuffix(".html").replace("/", "-")

    def shown(self):
        """Each variant with its HTML."""
        return [
            # A copy: a template's tags write into what it is given.
            (variant, render_to_string(self.template, dict(variant.inputs)))
            for variant in self.variants
        ]


def in_words(value):
    """``value`` as a person would say it in a table."""
    if isinstance(value, list):
        return ", ".join(in_words(item) for item in value) or "an empty list"
    if isinstance(value, Model):
        return f"{type(value).__name__}: {value}"
    if isinstance(value, str | Message):
        return f"“{value}”"
    if isinstance(value, bool | int | date) or value is None:
        return str(value)
    if isinstance(value, dict):
        return ", ".join(f"{name}: {item}" for name, item in value.items())
    name = getattr(value, "title", None) or getattr(value, "label", "")
    return f"{type(value).__name__}: {name}" if isinstance(name, str) else str(value)
