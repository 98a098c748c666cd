"""An old version back in the draft. Patients read what they read before, until somebody publishes."""

from typing import Any

from django.db import IntegrityError, transaction

from kneecare.core.database.constraints import broken_constraint
from kneecare.publishing.exceptions import Refused
from kneecare.publishing.publish import Action, record, save_revision
from kneecare.publishing.snapshots import put_fields_back, replace_children

GONE = "This save was too old to be kept any longer: it has been deleted."
TOO_OLD = "This version is from before versions could be brought back."


def restore(version: Any, *, by: Any) -> list[str]:
    """Put the fields and children of ``version`` back; return the names of what could not be, as it no longer exists.

    Author and review come back too, as a review belongs to the words that were reviewed. The draft as it was is kept
    as a version first. Children keep their ids, so that a comparison knows them again. Raises ``Refused``.
    """
    if not version.source:
        raise Refused(TOO_OLD)
    page = version.page
    try:
        with transaction.atomic():
            page = type(page).objects.select_for_update(of=("self",)).get(pk=page.pk)
            return _restore(page, version, by)
    except IntegrityError as error:
        if constraint := broken_constraint(error, type(page)):
            raise Refused(constraint.get_violation_error_message()) from error
        raise


def _restore(page: Any, version: Any, by: Any) -> list[str]:
    if not page.versions.filter(pk=version.pk).exists():
        raise Refused(GONE)
    save_revision(page, by=by, note=f"Kept before {version.label} was brought back.")
    lost = put_fields_back(page, version.source["fields"])
    page.settle_restored()
    page.count_save(by=by)
    page.save()
    lost += replace_children(page, version.source["children"], version.CHILDREN)
    record(page, Action.RESTORED, version, by=by)
    save_revision(page, by=by, note=f"Brought back from {version.label}.")
    return lost
