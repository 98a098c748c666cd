"""The handout as a PDF that a screen reader can read (PDF/UA-1)."""

import json
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import typst
from django.core.cache import cache

from exercises.pdf.content import words
from exercises.pdf.sheet import Sheet

PAPERS = ("us-letter", "a4")
TEMPLATE = Path(__file__).with_name("handout.typ").read_bytes()
# typst brings its letters along (Libertinus Serif, SIL Open Font License), the same on every machine.
FONTS = typst.Fonts(include_system_fonts=False)
MADE_WITH = TEMPLATE + version("typst").encode()
KEPT = 24 * 3600  # seconds


def handout_pdf(sheet: Sheet, *, paper: str, large_print: bool) -> bytes:
    """``sheet`` on one of ``PAPERS``. The same sheet gives the same bytes.

    It is kept under all that it is made of, so that a change makes another; a private sheet and a draft are not kept.
    """
    data = json.dumps({**words(sheet), "paper": paper, "large": large_print})
    if sheet.is_private or sheet.is_draft:
        return _compile(data)
    key = f"handout:{sha256(MADE_WITH + data.encode()).hexdigest()}"
    pdf = cache.get(key)
    if pdf is None:
        pdf = _compile(data)
        cache.set(key, pdf, KEPT)
    return pdf


def _compile(data):
    return typst.compile(
        TEMPLATE,
        format="pdf",
        pdf_standards="ua-1",
        sys_inputs={"data": data},
        font_paths=FONTS,
    )
