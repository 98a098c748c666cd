"""The handout as a PDF that a screen reader can read (PDF/UA-1), and as the answer to a browser."""

import json
from functools import cache as kept
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import typst
from django.core.cache import cache
from django.http import HttpResponse
from django.utils.http import content_disposition_header

from exercises.pdf.content import content
from exercises.pdf.sheet import Sheet
from kneecare.core import fonts

PAPERS = {"letter": "us-letter", "a4": "a4"}  # as a URL names them, and as typst does
TEMPLATE = Path(__file__).with_name("handout.typ").read_bytes()
MADE_WITH = TEMPLATE + version("typst").encode()
CACHE_SECONDS = 24 * 3600


def pdf_response(request, sheet, *, name):
    """``sheet`` as ``?paper=a4`` and ``?print=large`` ask for it; whatever else they say is US Letter in usual print.

    ``name`` is the file's, without its ending. Search engines are sent to the page, which is never out of date.
    """
    pdf = handout_pdf(
        sheet,
        paper=PAPERS.get(request.GET.get("paper"), "us-letter"),
        large_print=request.GET.get("print") == "large",
    )
    shown = content_disposition_header(as_attachment=False, filename=f"{name}.pdf")
    headers = {"Content-Disposition": shown, "X-Robots-Tag": "noindex"}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


def handout_pdf(sheet: Sheet, *, paper: str, large_print: bool) -> bytes:
    """``sheet`` on ``paper``, by typst's name. The same sheet gives the same bytes.

    It is kept under all that it is made of, so that a change makes another; a private sheet and a draft are not kept.
    """
    data = json.dumps({**content(sheet), "paper": paper, "large": large_print})
    if sheet.is_private or sheet.is_draft:
        return _compile(data)
    key = f"handout:{sha256(MADE_WITH + data.encode()).hexdigest()}"
    pdf = cache.get(key)
    if pdf is None:
        pdf = _compile(data)
        cache.set(key, pdf, CACHE_SECONDS)
    return pdf


def _compile(data):
    return typst.compile(
        TEMPLATE,
        format="pdf",
        pdf_standards="ua-1",
        sys_inputs={"data": data},
        font_paths=_fonts(),
    )


@kept
def _fonts():
    """The site's, and for signs that they lack, what typst brings along: the same on every machine."""
    printed = fonts.folder() / "print"
    return typst.Fonts(include_system_fonts=False, font_paths=[printed])
