"""The hidden key of a form: which showing of the form this is, and which consent text stood on it."""

import secrets
from datetime import timedelta
from typing import NamedTuple

from django.core.signing import BadSignature, TimestampSigner

SIGNER = TimestampSigner(salt="bookings.form", sep=".")
GOOD_FOR = timedelta(days=7)


class FormKey(NamedTuple):
    submission: str
    consent_version: int


def make_form_key(consent_version=0):
    return SIGNER.sign(f"{secrets.token_urlsafe(18)}.{consent_version}")


def read_form_key(text):
    """The ``FormKey`` in ``text``, or None when we did not make it or made it more than a week ago."""
    try:
        submission, version = SIGNER.unsign(text, max_age=GOOD_FOR).split(".")
    except BadSignature:
        return None
    return FormKey(submission, int(version))
