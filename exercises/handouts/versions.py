"""Saving a handout: what its patient reads is a numbered copy, and a save that changes nothing of it makes none."""

from django.db import transaction

from exercises.models import HandoutVersion
from kneecare.core.people import name_of


@transaction.atomic
def store_version(handout, *, by, on, is_checked):
    """Make the draft what the patient reads; return that version, new or not.

    ``is_checked`` is the clinician's word that they checked it as it stands; a word of before holds until something
    changes. Whoever calls this holds the handout's lock, or loses to the constraint on the number.
    """
    data, live = handout.snapshot().as_data(), handout.live_version
    is_same = live and (live.data, live.author_id) == (data, handout.clinician_id)
    if not is_same or (is_checked and not live.is_reviewed):
        live = HandoutVersion.objects.create(
            page=handout,
            number=live.number + 1 if live else 1,
            revision=handout.revision,
            title=handout.title,
            data=data,
            author=handout.clinician,
            reviewer=handout.clinician if is_checked else None,
            reviewed_on=on if is_checked else None,
            made_on=on,
            made_by=by,
            made_by_name=name_of(by),
        )
    handout.live_version = live
    handout.revision += 1
    handout.save(update_fields=["live_version", "revision"])
    return live
