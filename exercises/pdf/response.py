"""A handout as a browser asks for it: the paper and the size of the letters stand in the address."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from exercises.pdf.compile import handout_pdf

PAPERS = {"letter": "us-letter", "a4": "a4"}


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
