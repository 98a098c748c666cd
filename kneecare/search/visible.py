"""The condition that ``document`` is of a page that its own model calls published, now.

The index alone would do at most moments, as it is written in the transaction that publishes. This holds at all of
them: when a moment comes that begins or ends a publication, and when a row was changed past the index.

Django needs as long to write this SQL as the database to run it, and only the moment in it changes. So the SQL is
kept, and the moment put in anew each time; it is kept for a day, should a model ask for the date.
"""

from functools import lru_cache

from django.db import connection
from django.utils import timezone

from kneecare.search.sources import SOURCES

PUBLISHED = "(document.kind = %s AND EXISTS (SELECT 1 FROM ({rows}) page WHERE page.pk = document.object_id))"
NOW = object()


def published_sql():
    """``(sql, parameters)``."""
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
