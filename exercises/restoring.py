"""An old version back in the working copy. Patients read what they read before, until somebody publishes."""

from django.db import IntegrityError, transaction

from exercises.models import Exercise
from exercises.versions import PARTS, fields, keep
from kneecare.core.database.constraints import refused_by
from kneecare.publishing.exceptions import Refused
from kneecare.publishing.snapshots import put_fields_back, replace_parts

TOO_OLD = "This version is from before versions could be brought back."
LEVEL_TAKEN = "Another exercise is this version's step of its progression by now. Change that one's level first."


def restore(version, *, by):
    """Put ``version`` back into the working copy of its page; return the names of what is gone meanwhile.

    The working copy as it was is kept as a version first. Raises ``Refused``.
    """
    if not version.source:
        raise Refused(TOO_OLD)
    page = version.page
    try:
        with transaction.atomic():
            page = type(page).objects.select_for_update(of=("self",)).get(pk=page.pk)
            keep(page, by=by, note=f"Kept before {version.label} was brought back.")
            page.count_save(by=by)
            lost = _put_back(page, version.source)
            keep(page, by=by, note=f"Brought back from {version.label}.")
            return lost
    except IntegrityError as error:
        if refused_by(error, Exercise, "a_progression_has_one_exercise_a_level"):
            raise Refused(LEVEL_TAKEN) from error
        raise


def _put_back(page, kept):
    lost = put_fields_back(page, kept["fields"], fields(page))
    if isinstance(page, Exercise) and page.progression is None:
        page.level = None  # its progression may be gone
    page.save()
    return lost + replace_parts(kept["parts"], PARTS[type(page)], page)
