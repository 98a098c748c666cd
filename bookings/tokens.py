"""The keys in URLs and forms: made when they are needed, never stored.

Each is an HMAC over its purpose and the request's public id. The one in a URL opens the request for as long as there is
one. What changes it holds the version that its page showed too: once the request has changed, a key of before changes
nothing.
"""

from django.core.signing import BadSignature, Signer

# The usual ":" may stay outside of the link that a mail program makes of a URL.
SEPARATOR = "."
SHOW = "show"
CANCEL = "cancel"
MOVE = "move"


def url_token(booking):
    """The key in the URL of a visitor's own page. It only shows: to change anything takes a ``change_key`` too."""
    return _signer(SHOW).sign(booking.public_id)


def read_url_token(token):
    """The public id that ``token`` was made of by ``url_token``; None for any other text."""
    try:
        return _signer(SHOW).unsign(token)
    except BadSignature:
        return None


def change_key(booking, purpose):
    """What a form must bring to do ``purpose`` to the request as it is now."""
    return _sign(purpose, booking)


def may_change(booking, purpose, key):
    try:
        return _signer(purpose).unsign(key) == _state_of(booking)
    except BadSignature:
        return False


def _sign(purpose, booking):
    return _signer(purpose).sign(_state_of(booking))


def _signer(purpose):
    return Signer(salt=f"bookings.{purpose}", sep=SEPARATOR)


def _state_of(booking):
    return f"{booking.public_id}{SEPARATOR}{booking.version}"
