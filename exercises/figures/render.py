"""Draws an exercise: poses side by side, numbered; the last one can be set in motion by CSS.

The markup holds no style and no script. Colour, and whether anything moves, is static/css/components/figure.css: it steps
through a strip of bodies between the last two poses. With no CSS, on paper, with motion reduced, or once the movement has been
shown, the strip stands at its end, which is the last pose.
"""

import json
from functools import lru_cache
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.utils.safestring import SafeString

from exercises.figures.alt_text import alt
from exercises.figures.layout import sheet
from exercises.figures.poses import Drawing, PoseError, read
from exercises.figures.thumbnail import still


def render_figure(data, *, title, arrows=True, uid="", moves=True) -> SafeString:
    """An inline SVG of the dict that an exercise stores; raises ``PoseError``, a ``ValueError``.

    ``uid`` starts every id in it: give one when the same drawing stands twice on a page. Without ``moves`` nothing is
    drawn that only a screen could show.
    """
    stored = json.dumps(data, sort_keys=True)
    return _rendered(stored, str(title), arrows, uid, moves)


def thumbnail(data) -> SafeString:
    """The last pose alone, without words, ids or movement: for the card of an exercise."""
    return _thumbnail(json.dumps(data, sort_keys=True))


def drawing_of(data) -> Drawing:
    """As ``poses.read``, for what is read again and again."""
    return _read(json.dumps(data, sort_keys=True))


def describe(data, *, title) -> tuple[str, str]:
    """Title and description of the picture in words."""
    return alt(drawing_of(data), title)


def labels(data) -> list[str]:
    """What to write under the numbers."""
    return [pose.label for pose in drawing_of(data).poses]


def validate_figure(data):
    """For a JSONField: refuse what cannot be drawn, naming the field."""
    try:
        read(data)
    except PoseError as error:
        raise ValidationError(str(error), code="figure") from error


@lru_cache(maxsize=256)
def _read(stored):
    return read(json.loads(stored))


@lru_cache(maxsize=256)
def _rendered(stored, title, arrows, uid, moves):
    uid = uid or f"f{sha256(f'{stored} {title} {arrows}'.encode()).hexdigest()[:6]}"
    return sheet(_read(stored), title, uid, arrows=arrows, moves=moves)


@lru_cache(maxsize=256)
def _thumbnail(stored):
    return still(_read(stored))
