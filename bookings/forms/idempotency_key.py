"""The hidden key of a form: which showing of the form this is, when it was, and which consent text stood on it."""

import secrets
import time
from datetime import timedelta
from typing import NamedTuple

from django.core.signing import BadSignature, TimestampSigner

SIGNER = TimestampSigner(salt="bookings.form", sep=".")
GOOD_FOR = timedelta(days=7)
LEAST_TIME = 3  # seconds, in which nobody fills in a form by hand


class FormKey(NamedTuple):
    submission: str
    consent_version: int
    shown_at: float  # seconds

    @property
    def is_too_fast(self):
        return time.time() - self.shown_at < LEAST_TIME


def make_form_key(consent_version=0):
    parts = [secrets.token_urlsafe(18), consent_version, f"{time.time():.3f}"]
    return SIGNER.sign("~".join(map(str, parts)))


def read_form_key(text):
    """The ``FormKey`` in ``text``, or None when we did not make it or made it more than a week ago."""
    try:
        parts = SIGNER.unsign(text, max_age=GOOD_FOR).split("~")
    except BadSignature:
        return None
    submission, version, shown_at = parts
    return FormKey(submission, int(version), float(shown_at))
