"""The database's own word that an entry of the record is written once and kept for its time."""

from collections.abc import Iterator
from typing import Any

from django.db.migrations import RunPython

from kneecare.core.database.refusals import Refusal, refuse

TABLE = "audit_auditevent"
REASON = f"{TABLE}: the record is only added to"
ALWAYS = {"sqlite": "1", "postgresql": "TRUE"}
# On SQLite as Django stores moments: text in UTC, which sorts as time does.
NOW = {"sqlite": "strftime('%Y-%m-%d %H:%M:%S', 'now')", "postgresql": "now()"}


def only_added_to() -> RunPython:
    return refuse(_refusals)


def _refusals(apps: Any, vendor: str) -> Iterator[Refusal]:
    yield Refusal(TABLE, "no_update", "UPDATE", ALWAYS[vendor], REASON)
    early = f"OLD.keep_until > {NOW[vendor]}"
    yield Refusal(TABLE, "no_delete", "DELETE", early, REASON)
