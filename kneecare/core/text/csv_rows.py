"""Rows as a file that a spreadsheet can open, and that cannot do anything there."""

import csv
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db.models import QuerySet

BYTE_ORDER_MARK = "\ufeff"  # so that Excel reads UTF-8
BATCH = 2000
# A cell that begins with one of these, however much space stands before it, is a formula to some spreadsheet.
RISKY = tuple("=+-@|%\uff1d\uff0b\uff0d\uff20")


class _Echo:
    """Gives each written line back."""

    def write(self, line: str) -> str:
        return line


def csv_lines(
    headings: Iterable[str],
    rows: QuerySet[Any],
    cells: Callable[[Any], Iterable[object]],
) -> Iterator[str]:
    """The lines of the file, in the order of the rows' keys.

    Read in batches by key, each read to its end: a cursor left open for as long as somebody's slow connection
    takes would keep all writers of SQLite waiting.
    """
    writer = csv.writer(_Echo())
    yield BYTE_ORDER_MARK + writer.writerow(headings)
    last = 0
    by_key = rows.order_by("pk")
    while batch := list(by_key.filter(pk__gt=last)[:BATCH]):
        yield "".join(writer.writerow(map(harmless, cells(row))) for row in batch)
        last = batch[-1].pk


def harmless(value: object) -> str:
    """``value`` as text that no spreadsheet takes for a formula, without control characters."""
    text = "".join(c if c.isprintable() else " " for c in str(value))
    return f"'{text}" if text.lstrip().startswith(RISKY) else text
