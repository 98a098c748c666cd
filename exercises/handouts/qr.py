import segno
from django.utils.safestring import mark_safe


def qr_code(address):
    """A QR code of ``address`` as an SVG element, dark on light whatever the page's colours are."""
    svg = segno.make(address, error="m").svg_inline(
        light="white", border=4, omitsize=True, svgclass="handout-panel__qr"
    )
    return mark_safe(svg)  # noqa: S308 - paths alone: the address is drawn, not written
