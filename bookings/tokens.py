"""The keys in addresses and forms: made when they are needed, never stored."""

from django.core.signing import BadSignature, Signer

# The usual ":" may stay outside of the link that a mail program makes of an address.
SEPARATOR = "."
SHOW = Signer(salt="bookings.show", sep=SEPARATOR)
CHANGE = Signer(salt="bookings.change", sep=SEPARATOR)


def address_token(booking):
    """The key in the address of a visitor's own page.

    It is good for the request's whole life, so that a link in an old mail still shows what became of it.
    It only shows: to change anything takes a ``change_key`` too.
    """
    return SHOW.sign(booking.public_id)


def public_id(token):
    """The public id that ``token`` was made of by ``address_token``; None for any other text."""
    return _unsigned(SHOW, token)


def change_key(booking):
    """What a form must bring to change the request as it is now; of no use once the version has moved on."""
    return CHANGE.sign(_state_of(booking))


def may_change(booking, key):
    return _unsigned(CHANGE, key) == _state_of(booking)


def _state_of(booking):
    return f"{booking.public_id}{SEPARATOR}{booking.version}"


def _unsigned(signer, text):
    try:
        return signer.unsign(text)
    except BadSignature:
        return None
