"""Secrets that the database keeps for us, sealed with the site's own: a copy of the database alone tells none of them."""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class CannotUnseal(Exception):
    """It was sealed with another ``SECRET_KEY``."""


def sealed(text: str, purpose: str) -> str:
    """``text`` for the database; what is sealed for one ``purpose`` opens for no other."""
    return _fernet(purpose).encrypt(text.encode()).decode()


def unsealed(text: str, purpose: str) -> str:
    """What was sealed, also with one of ``SECRET_KEY_FALLBACKS``. Raises ``CannotUnseal``."""
    try:
        return _fernet(purpose).decrypt(text.encode()).decode()
    except InvalidToken:
        raise CannotUnseal from None


def _fernet(purpose: str) -> MultiFernet:
    known = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_key(f"{purpose}:{secret}")) for secret in known])


def _key(text: str) -> bytes:
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest())
