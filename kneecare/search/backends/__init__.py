"""The one thing that databases do differently: finding documents by their stems.

A backend has ``ids_of(scope, units, exact, every, *, kind, limit)``: an SQL statement, with its parameters, for the
ids of at most ``limit`` documents of one ``kind``, or "" for all, the newest first. ``scope`` is "title", "lead" (title and summary) or "whole". With ``every`` a
document has each of ``units`` and of ``exact`` there; without, it has one of ``units`` at least. And it has ``lock``,
a statement after which no other transaction writes the index until this one ends, or "".
"""

from django.db import connection

from kneecare.search.backends import postgres, sqlite


def backend():
    return {"sqlite": sqlite, "postgresql": postgres}[connection.vendor]
