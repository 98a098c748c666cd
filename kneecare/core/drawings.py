"""The site's own drawings, which are the same on every site: each is a template, and a file that pages show."""

from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.template.loader import render_to_string

from kneecare.core.drawing_files import DrawingFile, as_file, version_of


class Source(NamedTuple):
    template: str
    sheets: tuple[str, ...]  # the stylesheets of components that colour it
    context: dict[str, Any]
    more: bool = False  # with more contrast


KNEE = "components/_pain_location_drawing.html"
ALIGNMENT = "articles/drawings/_leg_alignment_drawing.html"
PLACES = ["front", "below", "outside", "inside", "back"]
OWN = {
    "knee-whole": Source(KNEE, ("figure", "knee"), {"key": ""}),
    **{
        f"knee-{place}": Source(KNEE, ("figure", "knee"), {"key": place})
        for place in PLACES
    },
    "leg-alignment": Source(ALIGNMENT, ("figure", "leg-alignment"), {}),
    "leg-alignment-more": Source(ALIGNMENT, ("figure", "leg-alignment"), {}, more=True),
}


@cache
def drawn_by() -> str:
    """Which templates and colours: a part of each URL, as the answer is kept for good."""
    folder = Path(settings.BASE_DIR) / "templates"
    return version_of([*folder.glob("components/_*.html"), folder / ALIGNMENT])


@cache
def own_drawing(name: str) -> DrawingFile:
    """Raises ``KeyError`` for a name that is not in ``OWN``."""
    source = OWN[name]
    svg = render_to_string(source.template, source.context)
    return as_file(" ".join(svg.split()), source.sheets, more=source.more)
