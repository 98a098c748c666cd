"""The database's own word that something changed which visitors may see: what no code of ours can forget, or get round.

On PostgreSQL the token is written when the transaction commits: its row is the last that is locked, and those who
save different pages do not wait for each other.
"""

import hashlib
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple
from uuid import uuid4

from django.apps import apps
from django.db import connection, transaction

from kneecare.stored.models import Revision
from kneecare.stored.never_shown import NEVER_SHOWN, UNSEEN_COLUMNS

OURS = {"kneecare", "articles", "exercises", "bookings"}
DIFFERS = {"sqlite": "IS NOT", "postgresql": "IS DISTINCT FROM"}
FUNCTION = """CREATE OR REPLACE FUNCTION shown_changed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
IF current_setting('kneecare.changed', true) IS DISTINCT FROM txid_current()::text THEN
    PERFORM set_config('kneecare.changed', txid_current()::text, true);
    UPDATE stored_revision SET token = gen_random_uuid()::text;
END IF; RETURN NULL; END $$"""
MADE_ANEW = "UPDATE stored_revision SET token = lower(hex(randomblob(16)))"
NAMES = {
    "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'shown\\_%' ESCAPE '\\'",
    "postgresql": "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal AND tgname LIKE 'shown\\_%'",
}


class Trigger(NamedTuple):
    table: str
    when: str  # INSERT, UPDATE or DELETE
    condition: str  # over OLD and NEW; "" for always

    @property
    def name(self) -> str:
        """It says what the trigger does, so that one of another release is known by it."""
        does = hashlib.sha256(repr(self).encode()).hexdigest()[:8]
        return f"shown_{self.when.lower()}_{self.table[:36]}_{does}"

    @property
    def statement(self) -> str:
        condition = f"WHEN ({self.condition})" if self.condition else ""
        head = f'AFTER {self.when} ON "{self.table}"'
        if connection.vendor == "sqlite":
            return f"CREATE TRIGGER {self.name} {head} {condition} BEGIN {MADE_ANEW}; END"  # fmt: skip
        return (
            f"CREATE CONSTRAINT TRIGGER {self.name} {head} DEFERRABLE INITIALLY DEFERRED "
            f"FOR EACH ROW {condition} EXECUTE FUNCTION shown_changed()"
        )


def shown_models() -> list[Any]:
    """The models of which a stored page may show a row."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.split(".")[0] in OURS
        and model is not Revision
        and model._meta.label not in NEVER_SHOWN
    ]


@cache
def wanted() -> dict[str, Trigger]:
    """The triggers of this release, by their names."""
    found = (trigger for model in shown_models() for trigger in _of(model))
    return {trigger.name: trigger for trigger in found}


def are_in_place() -> bool:
    return wanted().keys() <= _present().keys()


def put_in_place(**signal: Any) -> None:
    """Make the triggers that are missing, drop those of another release, and end whatever was stored."""
    if not _is_migrated():
        return
    present = _present()
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(FUNCTION)
        for name in present.keys() - wanted().keys():
            cursor.execute(_drop(name, present[name]))
        for name in wanted().keys() - present.keys():
            cursor.execute(wanted()[name].statement)
        Revision.objects.update_or_create(pk=1, defaults={"token": str(uuid4())})


def take_away(plan: Any = (), **signal: Any) -> None:
    """Before tables change, which triggers would hinder: until all is in place again, there is no revision and nothing is stored."""
    if not plan or not _is_migrated():
        return
    with transaction.atomic(), connection.cursor() as cursor:
        Revision.objects.all().delete()
        for name, table in _present().items():
            cursor.execute(_drop(name, table))


def _of(model: Any) -> Iterator[Trigger]:
    differs = DIFFERS[connection.vendor]
    columns = {field.column for field in model._meta.concrete_fields}
    if "live_version_id" in columns:
        columns -= UNSEEN_COLUMNS
    changed = [f'OLD."{name}" {differs} NEW."{name}"' for name in sorted(columns)]
    table = model._meta.db_table
    yield Trigger(table, "INSERT", "")
    yield Trigger(table, "UPDATE", " OR ".join(changed))
    yield Trigger(table, "DELETE", "")


def _present() -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(NAMES[connection.vendor])
        return dict(cursor.fetchall())


def _drop(name: str, table: str) -> str:
    on = f" ON {table}" if connection.vendor == "postgresql" else ""
    return f"DROP TRIGGER {name}{on}"


def _is_migrated() -> bool:
    return Revision._meta.db_table in connection.introspection.table_names()
