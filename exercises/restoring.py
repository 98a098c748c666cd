"""An old version back in the working copy. Patients read what they read before, until somebody publishes."""

from django.db import IntegrityError, transaction

from exercises.freezing import PARTS, fields, source, store
from exercises.models import Exercise
from exercises.refusals import NotRestored
from kneecare.core.constraints import refused_by
from kneecare.core.snapshots import put_fields_back, put_parts_back

TOO_OLD = "This version is from before versions could be brought back."
LEVEL_TAKEN = "Another exercise is this version's step of its progression by now. Change that one's level first."


def restore(publication, *, by):
    """Put ``publication`` back into the working copy of its page; return the names of what is gone meanwhile.

    The working copy as it was is kept as a version first. Raises ``NotRestored``.
    """
    if not publication.source:
        raise NotRestored(TOO_OLD)
    page = publication.page
    try:
        with transaction.atomic():
            page = type(page).objects.select_for_update(of=("self",)).get(pk=page.pk)
            keep(page, by=by, note=f"Kept before {publication.label} was brought back.")
            return _put_back(page, publication.source)
    except IntegrityError as error:
        if refused_by(error, Exercise, "a_progression_has_one_exercise_a_level"):
            raise NotRestored(LEVEL_TAKEN) from error
        raise


def keep(page, *, by, note):
    """Store the working copy as a version that is not for patients, unless the last version holds just that."""
    last = page.publications.order_by("-made_at", "-pk").first()
    if last is None or last.source != source(page):
        store(page, number=None, made_by=by, note=note)


def _put_back(page, kept):
    lost = put_fields_back(page, kept["fields"], fields(page))
    if isinstance(page, Exercise) and page.progression is None:
        page.level = None  # its progression may be gone
    page.save()
    models = PARTS[type(page)]
    for model, way_up in models.items():
        model._base_manager.filter(**{way_up: page}).delete()
    owners = {
        model: None if "__" in way_up else way_up for model, way_up in models.items()
    }
    return lost + put_parts_back(kept["parts"], owners, page)
