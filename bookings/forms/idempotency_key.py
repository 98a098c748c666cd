"""The hidden key of a form: which showing of the form this is, when it was, and which consent text stood on it."""

import secrets
import time
from datetime import timedelta
from typing import NamedTuple

from django import forms
from django.core.signing import BadSignature, TimestampSigner

SIGNER = TimestampSigner(salt="bookings.form", sep=".")
GOOD_FOR = timedelta(days=7)
LEAST_TIME = 3  # seconds, in which nobody fills in a form by hand
KEY_TOO_OLD = (
    "We could not tell which form this is. Your words are still here. Send it again."
)


class IdempotencyKey(NamedTuple):
    value: str
    consent_version: int
    shown_at: float  # seconds

    @property
    def is_too_fast(self):
        return time.time() - self.shown_at < LEAST_TIME


def make_idempotency_key(consent_version=0):
    parts = [secrets.token_urlsafe(18), consent_version, f"{time.time():.3f}"]
    return SIGNER.sign("~".join(map(str, parts)))


class IdempotencyKeyField(forms.Field):
    """The ``IdempotencyKey`` that we made with the form. One that we did not make, or more than a week ago, is refused."""

    def to_python(self, value):
        try:
            parts = SIGNER.unsign(value or "", max_age=GOOD_FOR).split("~")
        except BadSignature as error:
            raise forms.ValidationError(KEY_TOO_OLD) from error
        key, version, shown_at = parts
        return IdempotencyKey(key, int(version), float(shown_at))
