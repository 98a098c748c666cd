"""The hidden key of a form: which showing of the form this is, when it was, and which consent text stood on it."""

import secrets
import time
from datetime import timedelta
from typing import NamedTuple

from django import forms
from django.core.signing import BadSignature, TimestampSigner

SIGNER = TimestampSigner(salt="bookings.form.key", sep=".")
GOOD_FOR = timedelta(days=7)
LEAST_TIME = 3  # seconds, in which nobody fills in a form by hand
KEY_TOO_OLD = (
    "We could not tell which form this is. Your words are still here. Send it again."
)


class IdempotencyKey(NamedTuple):
    value: str
    consent_version: int
    shown_at: float  # seconds
    form: str  # the first key of a form that was sent and came back: one browser's

    @property
    def is_too_fast(self):
        return time.time() - self.shown_at < LEAST_TIME


def make_idempotency_key(consent_version=0, *, before=None):
    """A key for a form that is shown; ``before``: the ``IdempotencyKey`` with which the same form was sent and came back."""
    value = secrets.token_urlsafe(18)
    shown_at = before.shown_at if before else time.time()
    form = before.form if before else value
    parts = [value, consent_version, f"{shown_at:.3f}", form]
    return SIGNER.sign("~".join(map(str, parts)))


class IdempotencyKeyField(forms.Field):
    """The ``IdempotencyKey`` that we made with the form. One that we did not make, or more than a week ago, is refused."""

    def to_python(self, value):
        try:
            parts = SIGNER.unsign(value or "", max_age=GOOD_FOR).split("~")
        except BadSignature as error:
            raise forms.ValidationError(KEY_TOO_OLD) from error
        key, version, shown_at, form = parts
        return IdempotencyKey(key, int(version), float(shown_at), form)
