"""The handout as a PDF that a screen reader can read (PDF/UA-1)."""

from exercises.paper.sheet import Sheet

PAPERS = ("us-letter", "a4")


def handout_pdf(sheet: Sheet, *, paper: str, large_print: bool) -> bytes:
    """``sheet`` on one of ``PAPERS``. The same sheet gives the same bytes."""
    raise NotImplementedError
