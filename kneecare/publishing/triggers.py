"""The database's own word that a version is written once."""

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.db.migrations import RunPython

from kneecare.core.database.refusals import Refusal, refuse

DIFFERS = {"sqlite": "IS NOT", "postgresql": "IS DISTINCT FROM"}

NOBODY_SIGNED = "no clinician signed this review"
UNSIGNED = """NEW.reviewer_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM publishing_signature given WHERE given.id = NEW.signature_id AND given.act = 'review'
    AND given.object_id = NEW.page_id AND given.digest = NEW.digest
    AND given.clinician_id = NEW.reviewer_id AND given.signed_on = NEW.reviewed_on
    AND NOT EXISTS (SELECT 1 FROM publishing_signaturewithdrawal back WHERE back.signature_id = given.id))"""
ANOTHER_SIGNED = """NEW.account_id {differs} OLD.account_id AND NEW.account_id IS NOT NULL AND EXISTS (
    SELECT 1 FROM publishing_signature given WHERE given.clinician_id = NEW.id AND given.account_id <> NEW.account_id)"""
ALWAYS = {"sqlite": "1", "postgresql": "TRUE"}


def only_added_to(app_label: str, name: str) -> RunPython:
    """Let no row of this model be changed or deleted."""

    def refusals(apps: Any, vendor: str) -> Iterator[Refusal]:
        table = apps.get_model(app_label, name)._meta.db_table
        reason = f"{table}: a signature is written once"
        for when in ["UPDATE", "DELETE"]:
            yield Refusal(table, f"no_{when.lower()}", when, ALWAYS[vendor], reason)

    return refuse(refusals)


def never_changed(app_label: str, name: str) -> RunPython:
    """Let no row of this model be changed: caches hold for good what it once was."""

    def refusals(apps: Any, vendor: str) -> Iterator[Refusal]:
        table = apps.get_model(app_label, name)._meta.db_table
        reason = f"{table}: its name says what it holds"
        yield Refusal(table, "is_not_changed", "UPDATE", ALWAYS[vendor], reason)

    return refuse(refusals)


def signs_with_one_account() -> RunPython:
    """Let nobody take over the name of a clinician who has signed: it stays with the account that did, or with none."""

    def refusals(apps: Any, vendor: str) -> Iterator[Refusal]:
        table = apps.get_model("clinic", "Clinician")._meta.db_table
        taken = ANOTHER_SIGNED.format(differs=DIFFERS[vendor])
        reason = f"{table}: this clinician has signed with another account"
        yield Refusal(table, "signs_with_one_account", "UPDATE", taken, reason)

    return refuse(refusals)


def write_once(app_label: str, *names: str) -> RunPython:
    """Let no row of these models of versions be changed, or name a review that was not signed for just it; nor one with a number be deleted, as long as its page has a live version.

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
    yield Refusal(table, "is_signed", "INSERT", UNSIGNED, f"{table}: {NOBODY_SIGNED}")
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
