"""What may be wrong with an installation: each app names its checks once, for ``/readyz``, ``manage.py doctor`` and ``/metrics``."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import IntEnum

from django.db import DatabaseError, InterfaceError

Function = Callable[[], str]
NO_ANSWER = "the database does not answer"
MAIL_SERVER = "See that the server of EMAIL_URL answers and takes mail; the log of the worker says what it met."
START_IT = "See that it runs, and that DATABASE_URL leads to it."


class Severity(IntEnum):
    """How much it matters: ``/readyz`` tells outages alone, and a note is no reason for the doctor to be unhappy."""

    NOTE = 0
    FAULT = 1
    OUTAGE = 2


@dataclass(frozen=True)
class Check:
    find: Function
    advice: str
    severity: Severity
    asks_database: bool


@dataclass(frozen=True)
class Finding:
    words: str
    advice: str
    severity: Severity


CHECKS: list[Check] = []


def health_check(
    advice: str,
    *,
    severity: Severity = Severity.OUTAGE,
    asks_database: bool = True,
) -> Callable[[Function], Function]:
    """Have a function asked what is wrong: a few words that name nobody and nothing secret, or "" for nothing.

    ``advice`` is what an operator does about it.
    """

    def register(find: Function) -> Function:
        CHECKS.append(Check(find, advice, severity, asks_database))
        return find

    return register


def examine(least: Severity) -> Iterator[Finding]:
    """All that is wrong, of this severity or more. A database that is away is told, and not asked again."""
    is_away = is_lacking = False
    for check in CHECKS:
        if check.severity < least or (is_away and check.asks_database):
            continue
        try:
            words = check.find()
        except (DatabaseError, InterfaceError):
            is_away = True
            # Of a database that lacks a table, what was found before says more.
            if not is_lacking:
                yield Finding(NO_ANSWER, START_IT, Severity.OUTAGE)
            continue
        if words:
            is_lacking = is_lacking or check.asks_database
            yield Finding(words, check.advice, check.severity)
