"""The database's own word that an entry of the record is written once and kept for its time."""

from collections.abc import Iterator
from typing import Any

from django.db.migrations import RunPython

TABLE = "audit_auditevent"
REFUSAL = f"{TABLE}: the record is only added to"
# What stands before each, and when it is refused.
RULES = {
    "sqlite": {
        "UPDATE": "1",
        # As Django stores moments: text in UTC, which sorts as time does.
        "DELETE": "OLD.keep_until > strftime('%Y-%m-%d %H:%M:%S', 'now')",
    },
    "postgresql": {"UPDATE": "TRUE", "DELETE": "OLD.keep_until > now()"},
}


def only_added_to() -> RunPython:
    def make(apps: Any, schema_editor: Any) -> None:
        vendor = schema_editor.connection.vendor
        for statement in STATEMENTS[vendor](RULES[vendor]):
            schema_editor.execute(statement, params=None)

    def undo(apps: Any, schema_editor: Any) -> None:
        vendor = schema_editor.connection.vendor
        on = f" ON {TABLE}" if vendor == "postgresql" else ""
        for when in RULES[vendor]:
            schema_editor.execute(f"DROP TRIGGER {_name(when)}{on}")

    return RunPython(make, undo)


def _name(when: str) -> str:
    return f"{TABLE}_no_{when.lower()}"


def _sqlite(rules: dict[str, str]) -> Iterator[str]:
    for when, condition in rules.items():
        yield (
            f"CREATE TRIGGER {_name(when)} BEFORE {when} ON {TABLE} WHEN {condition} "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        )


def _postgresql(rules: dict[str, str]) -> Iterator[str]:
    for when, condition in rules.items():
        passed = "OLD" if when == "DELETE" else "NEW"
        yield (
            f"CREATE OR REPLACE FUNCTION {_name(when)}() RETURNS trigger LANGUAGE plpgsql AS $$ "
            f"BEGIN IF {condition} THEN RAISE EXCEPTION '{REFUSAL}' "
            f"USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN {passed}; END $$"
        )
        yield (
            f"CREATE TRIGGER {_name(when)} BEFORE {when} ON {TABLE} "
            f"FOR EACH ROW EXECUTE FUNCTION {_name(when)}()"
        )


STATEMENTS = {"sqlite": _sqlite, "postgresql": _postgresql}
