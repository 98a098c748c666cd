"""Which browsers an account has signed in from: a cookie that the account has earned there.

A guesser has none, so that what they do to an account holds up nobody on a device of their own.
"""

import unicodedata
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.crypto import get_random_string, salted_hmac

LAST = "device-last"  # the cookie of who signed in last
REMEMBERED = timedelta(days=365)
_signer = signing.TimestampSigner(salt="kneecare.accounts.devices")
BROWSERS = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
]
SYSTEMS = [
    ("iPhone", "an iPhone"),
    ("iPad", "an iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "a Mac"),
    ("CrOS", "a Chromebook"),
    ("Linux", "Linux"),
]


def normal(username):
    """As it is counted: who types it with other letter cases guesses at the same account."""
    return unicodedata.normalize("NFKC", username).strip().casefold()


def cookie_name(username):
    key = salted_hmac(
        "kneecare.accounts.device", normal(username), algorithm="sha256"
    ).hexdigest()
    return f"device-{key[:16]}"


def known_device(request, username):
    """The mark of this browser, where ``username`` has signed in from it before; "" else."""
    name = cookie_name(username)
    try:
        mark = _signer.unsign(request.COOKIES.get(name, ""), max_age=REMEMBERED)
    except signing.BadSignature:
        return ""
    # Only under its own name: a mark of one account is none of another.
    return mark if mark.startswith(name) else ""


def remember(request, response, username):
    """Give the browser its mark, or give the same again for a year more."""
    name = cookie_name(username)
    mark = known_device(request, username) or f"{name}-{get_random_string(22)}"
    _set(response, name, mark)
    _set(response, LAST, name)


def _set(response, name, value):
    response.set_cookie(
        name,
        _signer.sign(value),
        max_age=REMEMBERED,
        path=reverse("admin:index"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def is_of_another(last, username):
    """Whether the cookie of who signed in last, as it was sent along, names another account than ``username``."""
    try:
        return _signer.unsign(last) != cookie_name(username)
    except signing.BadSignature:
        return False  # made up, or none: it says nothing


def device_words(user_agent):
    """What somebody would call the browser that says this of itself."""
    browser = _first(BROWSERS, user_agent) or "A browser"
    system = _first(SYSTEMS, user_agent)
    return f"{browser} on {system}" if system else browser


def _first(names, user_agent):
    return next((words for part, words in names if part in user_agent), "")
