"""Faults of a database that another try may heal: two that wait for each other, and a connection that was cut."""

from collections.abc import Callable
from typing import TypeVar

from django.db import InterfaceError, OperationalError, connection

Result = TypeVar("Result")

# SQLSTATE: a serialization failure, a deadlock. PostgreSQL ends one of the two, which is to ask again.
CONFLICTS = ("40001", "40P01")
# The classes of SQLSTATE in which the server ends a connection: it is lost, or an operator steps in.
CUT = ("08", "57P")
TRIES = 3


def is_conflict(error: Exception) -> bool:
    return _sqlstate(error) in CONFLICTS


def is_cut(error: Exception) -> bool:
    """Whether the connection is gone: the server said so, or says nothing any more, so that there is no SQLSTATE."""
    state = _sqlstate(error)
    return state.startswith(CUT) or (connection.vendor == "postgresql" and not state)


def attempt(
    call: Callable[[], Result],
    *,
    undo: Callable[[], object] = lambda: None,
    after_cut: bool = False,
) -> Result:
    """What ``call`` returns, tried again twice after a conflict and, with ``after_cut``, once after a cut.

    ``call`` is a transaction of its own. A cut may hide that it was stored: only what bears being done twice is tried
    again after one. Inside another
    transaction nothing is tried again, as that one is lost as a whole. ``undo`` brings back what ``call`` changed in
    memory. The last failure is raised as it came.
    """
    was_cut = False
    for tries_left in reversed(range(TRIES)):
        try:
            return call()
        except (OperationalError, InterfaceError) as error:
            undo()
            cut = is_cut(error)
            may_try = is_conflict(error) or (cut and after_cut and not was_cut)
            if connection.in_atomic_block or not tries_left or not may_try:
                raise
            if cut:
                was_cut = True
                connection.close()
    raise AssertionError("unreachable")


def _sqlstate(error: Exception) -> str:
    return getattr(error.__cause__, "sqlstate", None) or ""
