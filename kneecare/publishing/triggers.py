"""The database's own word that a version is written once."""

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.db.migrations import RunPython

from kneecare.core.database.refusals import Refusal, refuse

DIFFERS = {"sqlite": "IS NOT", "postgresql": "IS DISTINCT FROM"}


def write_once(app_label: str, *names: str) -> RunPython:
    """Let no row of these models of versions be changed; nor one with a number be deleted, as long as its page has a live version.

    What may still happen: an account or another row that it names goes, and the name with it. What was never live may
    go with its draft, a save without a number when it is old (see ``pruning``), and a handout lets go of its live
    version when its time to be kept is over.
    """

    def refusals(apps: Any, vendor: str) -> Iterator[Refusal]:
        for name in names:
            yield from _refusals(apps.get_model(app_label, name), DIFFERS[vendor])

    return refuse(refusals)


def _refusals(model: Any, differs: str) -> Iterator[Refusal]:
    table = model._meta.db_table
    reason = f"{table}: a version is written once"
    changes = " OR ".join(
        _change(field, differs) for field in model._meta.concrete_fields
    )
    yield Refusal(table, "is_not_changed", "UPDATE", changes, reason)
    page: Any = model._meta.get_field("page")
    live = (
        f"EXISTS (SELECT 1 FROM {page.related_model._meta.db_table} page "  # noqa: S608 - names are ours
        f'WHERE page.id = OLD."{page.column}" AND page.live_version_id IS NOT NULL)'
    )
    kept = f'OLD."number" IS NOT NULL AND {live}'
    yield Refusal(table, "is_kept", "DELETE", kept, reason)


def _change(field: Any, differs: str) -> str:
    old, new = f'OLD."{field.column}"', f'NEW."{field.column}"'
    changed = f"{new} {differs} {old}"
    if field.is_relation and field.remote_field.on_delete is models.SET_NULL:
        return f"({changed} AND {new} IS NOT NULL)"
    return changed
