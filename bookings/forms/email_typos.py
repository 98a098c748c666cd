"""Slips of the finger in well-known e-mail domains."""

import json
from pathlib import Path

from rapidfuzz.distance import OSA

DOMAINS = json.loads(Path(__file__).with_name("email_domains.json").read_text())
OFTEN, RARE = DOMAINS["often"], DOMAINS["rare"]


def meant(email):
    """The e-mail that may have been meant, as ada@gmail.com by ada@gmial.com; None when nothing looks odd."""
    local, _, domain = email.rpartition("@")
    domain = domain.lower()
    if domain in OFTEN or domain in RARE:
        return None
    nearest = min(OFTEN, key=lambda known: OSA.distance(domain, known))
    # One slip, or two in a long name: a letter too many, missing, wrong, or two the wrong way round.
    slips = 2 if len(nearest) > 8 else 1
    return f"{local}@{nearest}" if OSA.distance(domain, nearest) <= slips else None
