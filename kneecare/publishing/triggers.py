"""The database's own word that a version is written once: what no code of ours can forget, or get round.

A migration that alters a table of versions on SQLite makes that table anew, without its triggers: it calls this again.
"""

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.db.migrations import RunPython


def write_once(app_label: str, *names: str) -> RunPython:
    """Let no row of these models of versions be changed; nor one with a number be deleted, as long as its page has a live version.

    What may still happen: an account or another row that it names goes, and the name with it. What was never live may
    go with its draft, a save without a number when it is old (see ``pruning``), and a handout lets go of its live
    version when its time to be kept is over.
    """

    def make(apps: Any, schema_editor: Any) -> None:
        statements = {"sqlite": _sqlite, "postgresql": _postgresql}
        for name in names:
            model = apps.get_model(app_label, name)
            for statement in statements[schema_editor.connection.vendor](model):
                schema_editor.execute(statement, params=None)

    def undo(apps: Any, schema_editor: Any) -> None:
        on = " ON {}" if schema_editor.connection.vendor == "postgresql" else ""
        for name in names:
            table = apps.get_model(app_label, name)._meta.db_table
            for trigger in [f"{table}_is_not_changed", f"{table}_is_kept"]:
                schema_editor.execute(f"DROP TRIGGER {trigger}{on.format(table)}")

    return RunPython(make, undo)


def _sqlite(model: Any) -> Iterator[str]:
    table = model._meta.db_table
    for what, when, condition in _rules(model, "IS NOT"):
        yield (
            f"CREATE TRIGGER {table}_{what} BEFORE {when} ON {table} WHEN {condition} "
            f"BEGIN SELECT RAISE(ABORT, '{table}: a version is written once'); END"
        )


def _postgresql(model: Any) -> Iterator[str]:
    table = model._meta.db_table
    for what, when, condition in _rules(model, "IS DISTINCT FROM"):
        passed = "OLD" if when == "DELETE" else "NEW"
        yield (
            f"CREATE OR REPLACE FUNCTION {table}_{what}() RETURNS trigger LANGUAGE plpgsql AS $$ "
            f"BEGIN IF {condition} THEN RAISE EXCEPTION '{table}: a version is written once' "
            f"USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN {passed}; END $$"
        )
        yield (
            f"CREATE TRIGGER {table}_{what} BEFORE {when} ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_{what}()"
        )


def _rules(model: Any, differs: str) -> list[tuple[str, str, str]]:
    """The end of a trigger's name, what it stands before, and when it refuses that."""
    changes = " OR ".join(
        _change(field, differs) for field in model._meta.concrete_fields
    )
    page: Any = model._meta.get_field("page")
    live = (
        f"EXISTS (SELECT 1 FROM {page.related_model._meta.db_table} page "  # noqa: S608 - names are ours
        f'WHERE page.id = OLD."{page.column}" AND page.live_version_id IS NOT NULL)'
    )
    kept = f'OLD."number" IS NOT NULL AND {live}'
    return [("is_not_changed", "UPDATE", changes), ("is_kept", "DELETE", kept)]


def _change(field: Any, differs: str) -> str:
    old, new = f'OLD."{field.column}"', f'NEW."{field.column}"'
    changed = f"{new} {differs} {old}"
    if field.is_relation and field.remote_field.on_delete is models.SET_NULL:
        return f"({changed} AND {new} IS NOT NULL)"
    return changed
