"""Slips of the finger in well-known e-mail domains.

A provider's name and what stands behind it are judged apart: yahoo.ca and hotmail.co.uk are the provider's own in
other countries, and a short name such as aol is near to too many others.
"""

import json
from pathlib import Path

from rapidfuzz.distance import OSA

DOMAINS = json.loads(Path(__file__).with_name("email_domains.json").read_text())
OFTEN, RARE = DOMAINS["often"], frozenset(DOMAINS["rare"])
# Countries that nobody means who has an e-mail address with one of the names in OFTEN.
SLIPS_OF_COM = {"cm", "co", "om"}
SHORTEST_NAME = 5  # letters that a name must have for another to be a slip of it
LONG_NAME = 8  # letters from which on two slips are one person's


def meant(email):
    """The e-mail that may have been meant, as ada@gmail.com by ada@gmial.com; None when nothing looks odd."""
    local, _, domain = email.rpartition("@")
    domain = domain.lower()
    if domain in OFTEN or domain in RARE:
        return None
    near = [known for known in OFTEN if _is_slip(domain, known)]
    nearest = min(near, key=lambda known: OSA.distance(domain, known), default=None)
    return nearest and f"{local}@{nearest}"


def _is_slip(domain, known):
    name, _, end = domain.partition(".")
    known_name, _, known_end = known.partition(".")
    return _is_name(name, known_name) and _is_end(end, known_end)


def _is_name(name, known):
    """One slip, or two in a long name: a letter too many, missing, wrong, or two the wrong way round."""
    if len(known) < SHORTEST_NAME:
        return name == known
    return OSA.distance(name, known) <= (2 if len(known) >= LONG_NAME else 1)


def _is_end(end, known):
    is_country = "." in end or (len(end) == 2 and end not in SLIPS_OF_COM)
    return end == known or (not is_country and OSA.distance(end, known) <= 1)
