"""Triggers by which the database itself refuses a change: what no code of ours can forget, or get round.

A migration that alters a table on SQLite makes that table anew, without its triggers: they are created again after it.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from django.db.migrations import RunPython


class Refusal(NamedTuple):
    table: str
    what: str  # the end of the trigger's name
    when: str  # INSERT, UPDATE or DELETE
    condition: str  # over OLD and NEW, in the words of the one database
    reason: str

    @property
    def name(self) -> str:
        return f"{self.table}_{self.what}"


def refuse(refusals: Callable[[Any, str], Iterable[Refusal]]) -> RunPython:
    """The operation that creates a trigger for each of ``refusals(apps, vendor)``, and drops it again backwards."""

    def create(apps: Any, schema_editor: Any) -> None:
        vendor = schema_editor.connection.vendor
        for refusal in refusals(apps, vendor):
            for statement in STATEMENTS[vendor](refusal):
                schema_editor.execute(statement, params=None)

    def drop(apps: Any, schema_editor: Any) -> None:
        vendor = schema_editor.connection.vendor
        for refusal in refusals(apps, vendor):
            on = f" ON {refusal.table}" if vendor == "postgresql" else ""
            schema_editor.execute(f"DROP TRIGGER {refusal.name}{on}")

    return RunPython(create, drop)


def _sqlite(refusal: Refusal) -> Iterator[str]:
    yield (
        f"CREATE TRIGGER {refusal.name} BEFORE {refusal.when} ON {refusal.table} WHEN {refusal.condition} "
        f"BEGIN SELECT RAISE(ABORT, '{refusal.reason}'); END"
    )


def _postgresql(refusal: Refusal) -> Iterator[str]:
    passed = "OLD" if refusal.when == "DELETE" else "NEW"
    yield (
        f"CREATE OR REPLACE FUNCTION {refusal.name}() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN IF {refusal.condition} THEN RAISE EXCEPTION '{refusal.reason}' "
        f"USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN {passed}; END $$"
    )
    yield (
        f"CREATE TRIGGER {refusal.name} BEFORE {refusal.when} ON {refusal.table} "
        f"FOR EACH ROW EXECUTE FUNCTION {refusal.name}()"
    )


STATEMENTS = {"sqlite": _sqlite, "postgresql": _postgresql}
