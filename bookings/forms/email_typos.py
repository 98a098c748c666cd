"""Slips of the finger in well-known mail domains."""

from rapidfuzz.distance import OSA

KNOWN = [
    "aim.com",
    "aol.com",
    "att.net",
    "bellsouth.net",
    "charter.net",
    "comcast.net",
    "cox.net",
    "duck.com",
    "email.com",
    "fastmail.com",
    "gmail.com",
    "gmx.com",
    "googlemail.com",
    "hey.com",
    "hotmail.com",
    "icloud.com",
    "live.com",
    "mac.com",
    "mail.com",
    "me.com",
    "msn.com",
    "outlook.com",
    "proton.me",
    "protonmail.com",
    "rocketmail.com",
    "sbcglobal.net",
    "verizon.net",
    "yahoo.com",
    "ymail.com",
]
OFTEN = [
    "aol.com",
    "comcast.net",
    "gmail.com",
    "hotmail.com",
    "icloud.com",
    "outlook.com",
    "protonmail.com",
    "sbcglobal.net",
    "verizon.net",
    "yahoo.com",
]


def meant(address):
    """The address that may have been meant, as ada@gmail.com by ada@gmial.com; None when nothing looks odd."""
    local, _, domain = address.rpartition("@")
    domain = domain.lower()
    if domain in KNOWN:
        return None
    nearest = min(OFTEN, key=lambda known: OSA.distance(domain, known))
    # One slip, or two in a long name: a letter too many, missing, wrong, or two the wrong way round.
    slips = 2 if len(nearest) > 8 else 1
    return f"{local}@{nearest}" if OSA.distance(domain, nearest) <= slips else None
