"""What stands at the top of a handout's form once it is saved: how to give it away, and how it stands."""

from dataclasses import dataclass
from itertools import pairwise

import segno
from django.urls import reverse
from django.utils.safestring import mark_safe

from exercises.handouts.changes import changes
from exercises.models import Handout, HandoutVersion
from exercises.pdf.sheet import printed_url
from kneecare.core.structured_data import absolute


@dataclass(frozen=True)
class Panel:
    handout: Handout
    address: str
    code: str
    pdf: str
    versions: list[tuple[HandoutVersion, list[str]]]
    has_ended: bool
    weeks: int


def panel(handout, *, today, weeks):
    """``weeks`` is how much longer it lives for each press of the button."""
    return Panel(
        handout=handout,
        address=absolute(handout.get_absolute_url()),
        code=_qr_code(printed_url(handout, handout.live_version.number)),
        pdf=reverse("handouts:pdf", args=[handout.code]),
        versions=_versions(handout),
        has_ended=handout.has_ended(today=today),
        weeks=weeks,
    )


def _versions(handout):
    """The versions, newest first, each with what it changed."""
    rows = list(handout.versions.select_related("made_by"))
    told = [changes(old.snapshot(), new.snapshot()) for new, old in pairwise(rows)]
    return list(zip(rows, [*told, []], strict=False))


def _qr_code(url):
    """A QR code of ``url`` as an SVG element, dark on light whatever the page's colours are."""
    svg = segno.make(url, error="m").svg_inline(
        light="white", border=4, omitsize=True, svgclass="handout-panel__qr"
    )
    return mark_safe(svg)  # noqa: S308 - paths alone: the URL is drawn, not written
