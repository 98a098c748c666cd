"""Saving a handout: what its patient reads is a numbered copy, and a save that changes nothing of it makes none."""

from django.db import transaction

from exercises.models import Handout, HandoutVersion
from kneecare.core.people import name_of
from kneecare.publishing.publish import signed_anew
from kneecare.publishing.reviews.signatures import sign, signer_of


@transaction.atomic
def store_version(handout, *, by, on, is_checked):
    """Make the draft what the patient reads; return that version, new or not.

    Its clinician, by their own account, signs for the numbers that they set, and with ``is_checked`` for all of it as it
    stands; a word of before holds until something changes. Nobody else's does. Whoever calls this holds the handout's
    lock, or loses to the constraint on the number.
    """
    is_own = handout.clinician == signer_of(by)
    if is_own:
        _sign_numbers(handout, by)
    version = _draft(handout, by, on)
    if is_own and is_checked:
        sign(version.to_sign(), by=by)
        version.take_signature()
    live = handout.live_version
    now, before = [each and (each.data, each.author_id, each.signature_id) for each in [version, live]]  # fmt: skip
    if now != before:
        version.save()
        live = version
    handout.live_version = live
    handout.revision += 1
    handout.save(update_fields=["live_version", "revision"])
    return live


def _sign_numbers(handout, by):
    for item in handout.items.filter(set_by=handout.clinician):
        sign(item.to_sign(), by=by)
    if handout.pain_set_by_id == handout.clinician_id and handout.green_to is not None:
        sign(handout.pain_to_sign(), by=by)


def _draft(handout, by, on):
    live = handout.live_version
    version = HandoutVersion(
        page=handout,
        number=live.number + 1 if live else 1,
        revision=handout.revision,
        title=handout.title,
        data=handout.snapshot().as_data(),
        author=handout.clinician,
        made_on=on,
        made_by=by,
        made_by_name=name_of(by),
    )
    version.take_signature()
    return version


@transaction.atomic
def show_signature(handout, *, by):
    """Have the patient read the same words with the signature that holds for them now: a version, where that is another."""
    locked = Handout.objects.select_for_update(of=("self",)).get(pk=handout.pk)
    if locked.live_version is None:
        return
    handout.live_version = signed_anew(locked.live_version, by=by)
    handout.save(update_fields=["live_version"])
