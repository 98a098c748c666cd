"""The keys in URLs and forms: made when they are needed, never stored.

Each is an HMAC over its purpose and the request's public id. The one in a URL opens the request for as long as there is
one and it is of the same mailbox (``services.correct_contact``), and those in its forms move or cancel it for as long. The forms carry the version that their page showed beside
the key: once the request has changed, nothing is done before the visitor has seen what changed.
"""

from django.core.signing import BadSignature, Signer

# The usual ":" may stay outside of the link that a mail program makes of a URL.
SEPARATOR = "."
SHOW = "show"
CANCEL = "cancel"
MOVE = "move"
EARLIER = "earlier"


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
    """What a form must bring to do ``purpose`` to the request, and to no other."""
    return _signer(purpose).sign(booking.public_id)


def may_change(booking, purpose, key):
    try:
        return _signer(purpose).unsign(key) == booking.public_id
    except BadSignature:
        return False


def _signer(purpose):
    return Signer(salt=f"bookings.{purpose}", sep=SEPARATOR)
