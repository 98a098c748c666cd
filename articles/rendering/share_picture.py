"""The picture of an article for shared links: its title in our own hand, beside the place that it is about."""

import json
from pathlib import Path

import typst
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.template.loader import render_to_string
from django.utils.crypto import salted_hmac

from kneecare.core.text.glyphs import MAY_BREAK, breakable, drawable

WIDTH, HEIGHT = 1200, 630
TEMPLATE = Path(__file__).with_suffix(".typ")
MARK = settings.BASE_DIR / "static" / "img" / "icon.svg"
# The drawings of the site take their colours from its styles, which do not reach here.
COLOURS = """<style>
.figure__body{fill:#6d78b0}.figure__wear{fill:#2b3c96}.knee__cap{fill:#9aa1c7}
.knee__line{fill:none;stroke:#2a3a8f;stroke-width:3;stroke-linecap:round}
.knee__spot{fill:#f6a555;stroke:#1c2142;stroke-width:2.5}.knee__glow{fill:#f6a555;opacity:.45}
.knee__ring{fill:none;stroke:#f6a555;stroke-width:9}
</style>"""


def share_picture(version, *, place, clinic):
    """The PNG of a version: drawn when it is first asked for, then kept under what it is drawn from."""
    data = {
        "title": _drawn(version.title),
        "clinic": _drawn(str(clinic)),
        "author": _drawn(f"By {version.author}"),
        "language": version.language.partition("-")[0],
        "drawing": _drawing(place),
        "mark": MARK.read_text(encoding="utf-8"),
    }
    text = json.dumps(data)
    # Salted, so that nobody can look up whether a title exists.
    drawn_from = salted_hmac(
        TEMPLATE.read_text(encoding="utf-8"), text, algorithm="sha256"
    ).hexdigest()
    name = f"shared/{drawn_from}.png"
    if default_storage.exists(name):
        with default_storage.open(name) as file:
            return file.read()
    png = _draw(text)
    default_storage.save(name, ContentFile(png))
    return png


def _drawn(text):
    """``text`` without what our letters cannot draw, as the words and parts of words that stay on one line."""
    words = breakable(drawable(text, stand_in="")).split()
    return [word.split(MAY_BREAK) for word in words]


def _draw(text):
    return typst.compile(
        TEMPLATE.read_bytes(),
        format="png",
        ppi=72,
        sys_inputs={"data": text},
        font_paths=typst.Fonts(include_system_fonts=False),
    )


def _drawing(place):
    html = render_to_string("components/_pain_location_drawing.html", {"key": place})
    start = html.index("<svg")
    svg = html[start:].replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
    head, end, rest = svg.partition(">")
    return head + end + COLOURS + rest
