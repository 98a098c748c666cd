"""The drawing of an exercise in the colours of paper. A muscle at work is striped, so that a grey print tells it too."""

import json
from functools import lru_cache

from exercises.figures import render
from exercises.figures.alt_text import listed
from exercises.figures.poses import PoseError
from kneecare.core.text.glyphs import drawable

STRIPES = (
    '<pattern id="stripes" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="4" height="4" fill="#f6a555"/><rect width="1.6" height="4" fill="#1c2142"/></pattern>'
)
# The drawings of the site take their colours from its styles, which do not reach here.
COLOURS = """<style>
.figure__panel{fill:#f4f5fa}.figure__body{fill:#8d97c4}.figure__wear{fill:#2b3c96}
.figure__shorts{fill:#4a57a0}.figure__hair,.figure__shoe,.figure__face{fill:#1c2142}.figure__far-shoe{fill:#a4acd2}
.figure--bob .figure__body{fill:#b0b7d8}.figure--bun .figure__body{fill:#5a66a8}.figure--bun .figure__wear{fill:#a4acd2}
.figure__far{fill:#c3c8e0}
.figure__far-wear,.figure__far-shorts{fill:#a4acd2}.figure__work{fill:url(#stripes);stroke:#1c2142;stroke-width:1}
.figure__halo{fill:none;stroke:#f4f5fa;stroke-width:2.2}.figure__wall,.figure__step,.figure__ground,.figure__soft,.figure__ball{fill:#d5d7e2}
.figure__step,.figure__soft,.figure__ball{stroke:#4a4d69;stroke-width:1.4}.figure__band{fill:#1c2142}
.figure__floor,.figure__edge,.figure__chair,.figure__rail,.figure__arrow{fill:none;stroke:#4a4d69;stroke-width:1.4;stroke-linecap:round;stroke-linejoin:round}
.figure__chair{stroke-width:3}.figure__rail{stroke-width:2}.figure__arrow{stroke:#1c2142;stroke-width:2.2}
.figure__badge{fill:#1c2142}.figure__number{fill:#fff;font-family:"Libertinus Serif";font-weight:700}
</style>"""


def drawing(exercise):
    """Picture, shape and words of the drawing of ``exercise``; ``None`` where there is none that can be drawn."""
    if not exercise.figure:
        return None
    return _drawing(json.dumps(exercise.figure, sort_keys=True), exercise.title)


@lru_cache(maxsize=256)
def _drawing(stored, title):
    data = json.loads(stored)
    try:
        drawn = render.drawing_of(data)
    except PoseError:
        return None
    picture = render.render_figure(data, title=title, moves=False)
    return {
        "picture": _for_paper(picture),
        "alt": " ".join(render.describe(data, title=title)),
        "ratio": _ratio(picture),
        "labels": [pose.label for pose in drawn.poses],
        "muscles": listed(drawn.muscles) if drawn.muscles else "",
    }


def _for_paper(svg):
    """``svg`` as a file of its own. The words in it, which XML may refuse, are not seen: ``alt`` says them."""
    alone = drawable(svg).replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
    head, end, rest = alone.partition(">")
    return f"{head}{end}{COLOURS}<defs>{STRIPES}</defs>{rest}"


def _ratio(svg):
    """Width over height."""
    _, _, width, height = svg.partition('viewBox="')[2].partition('"')[0].split()
    return float(width) / float(height)
