"""The documents that a plan may mean, read in one statement: what fits best by where its words stand, comes first."""

from functools import lru_cache
from typing import NamedTuple

from django.db import connection
from django.utils import timezone

from kneecare.search.backends import backend
from kneecare.search.sources import SOURCES

# Where the words stand, and whether all of them must. Each database takes the same documents in the same order.
TIERS = [("title", True), ("lead", True), ("whole", True)]
LOOSE_TIERS = [("title", False), ("whole", False)]
TITLES = 500  # of the newest pages, when nothing is known to look for


class Candidate(NamedTuple):
    kind: str
    url: str
    title: str
    summary: str
    body: str
    title_stems: str
    summary_stems: str
    body_stems: str
    object_id: int = 0


COLUMNS = ", ".join(f"document.{name}" for name in Candidate._fields)
CANDIDATES = """
SELECT {columns}
FROM (SELECT id, MIN(tier) AS tier FROM ({tiers}) AS hit GROUP BY id) AS best
JOIN search_document document ON document.id = best.id
WHERE {published}
ORDER BY best.tier, best.id DESC LIMIT {limit}
"""
PUBLISHED = "(document.kind = %s AND EXISTS (SELECT 1 FROM ({rows}) page WHERE page.pk = document.object_id))"
NOW = object()  # stands where ``published()`` took the moment
NEWEST = """
SELECT document.title, document.url FROM search_document document
WHERE {published} ORDER BY document.id DESC LIMIT {limit}
"""


def candidates(plan, *, kind, limit):
    """At most ``limit`` published documents, of one ``kind`` or "" for all, that have some of what ``plan`` asks for; one query."""
    tiers, values = _tiers(plan, kind=kind, limit=limit)
    published, moments = published_sql()
    sql = CANDIDATES.format(
        columns=COLUMNS, tiers=tiers, published=published, limit=limit
    )
    return [Candidate._make(row) for row in _rows(sql, [*values, *moments])]


def newest_titles():
    """``(title, url)`` of the newest published pages, a few hundred at most; one query."""
    published, moments = published_sql()
    return _rows(NEWEST.format(published=published, limit=TITLES), moments)


def _tiers(plan, **narrowed):
    is_simple = len(plan.units) == 1 and not plan.exact
    parts, values = [], []
    for number, (scope, every) in enumerate(TIERS + ([] if is_simple else LOOSE_TIERS)):
        sql, asked = backend().ids_of(scope, plan.units, plan.exact, every, **narrowed)
        parts.append(f"SELECT id, {number} AS tier FROM ({sql}) AS tier{number}")  # noqa: S608 - our own words
        values += asked
    return " UNION ALL ".join(parts), values


def _rows(sql, values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def published_sql():
    """The condition that ``document`` is of a page that its own model calls published, now: ``(sql, parameters)``.

    The index alone would do at most moments, as it is written in the transaction that publishes. This holds at all of
    them: when a moment comes that begins or ends a version, and when a row was changed past the index.

    Django needs as long to write this SQL as the database to run it, and only the moment in it changes. So the SQL is
    kept, and the moment put in anew each time; it is kept for a day, should a model ask for the date.
    """
    now, today = _now(), timezone.localdate()
    kept = [_condition(kind, connection.vendor, today) for kind in SOURCES]
    parameters = [now if each is NOW else each for _, values in kept for each in values]
    return f"({' OR '.join(sql for sql, _ in kept) or 'FALSE'})", parameters


@lru_cache(maxsize=100)
def _condition(kind, vendor, today):
    """The condition for one kind of page, with ``NOW`` where ``published()`` took the moment."""
    before = _now()
    rows = SOURCES[kind].published().order_by().values("pk")
    sql, parameters = rows.query.sql_with_params()
    after = _now()
    values = [
        NOW if type(each) is type(before) and before <= each <= after else each
        for each in parameters
    ]
    return PUBLISHED.format(rows=sql), [kind, *values]


def _now():
    return connection.ops.adapt_datetimefield_value(timezone.now())
