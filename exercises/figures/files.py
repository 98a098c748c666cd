"""The files of a drawing: what pages show by an ``img``, and the same with its way from pose to pose for where it is set in motion."""

import json
from collections.abc import Callable
from functools import cache, lru_cache, partial
from pathlib import Path

from django.utils.html import format_html

from exercises.figures import svg
from exercises.figures.layout import Sheet, panels
from exercises.figures.poses import Drawing, read
from exercises.figures.thumbnail import still
from kneecare.core.drawing_files import DrawingFile, as_file, version_of

FOLDER = Path(__file__).parent
UID = "f"  # starts the ids in a file, which has no others


@cache
def renderer() -> str:
    """Which code and colours draw: a part of each URL, as the answer is kept for good."""
    return version_of([*FOLDER.glob("*.py"), *FOLDER.glob("*.toml")])


def drawing_file(data, kind: str) -> DrawingFile:
    """``kind`` is one of ``KINDS``; raises ``PoseError`` for what cannot be drawn."""
    return _drawn(json.dumps(data, sort_keys=True), kind)


def size(data) -> tuple[int, int]:
    """Width and height of the poses, as a page says them before they are there."""
    return _size(json.dumps(data, sort_keys=True))


@lru_cache(maxsize=256)
def _drawn(stored, kind):
    return KINDS[kind](read(json.loads(stored)))


@lru_cache(maxsize=512)
def _size(stored):
    return Sheet(read(json.loads(stored)), arrows=True).pixels


def _card(drawing, *, more=False):
    width, height = CARD_SIZE
    sized = f'<svg width="{width}" height="{height}" '
    return as_file(still(drawing).replace("<svg ", sized, 1), more=more)


def _poses(drawing, *, more=False):
    return as_file(_wordless(drawing, moves=False), more=more)


def _move(drawing):
    """It becomes a part of the page, which colours it."""
    return as_file(_wordless(drawing, moves=True), sheets=())


def _wordless(drawing, *, moves):
    """A sheet for the eye alone: it takes as much room whether it ``moves`` or not, so that one can take the place of the other."""
    laid_out = Sheet(drawing, arrows=True)
    pixels, view = laid_out.pixels, laid_out.size.view  # before it stands still
    if not moves:
        laid_out.stand_still()
    return format_html(
        '<svg class="figure{}" width="{}" height="{}" viewBox="{}">{}</svg>',
        svg.person(drawing.worn),
        *pixels,
        view,
        panels(laid_out, UID),
    )


KINDS: dict[str, Callable[[Drawing], DrawingFile]] = {
    "card": _card,
    "card-more": partial(_card, more=True),
    "poses": _poses,
    "poses-more": partial(_poses, more=True),
    "move": _move,
}
CARD_SIZE = (300, 240)
