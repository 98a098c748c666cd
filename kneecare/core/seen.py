"""What a form was opened on: a digest that it carries along, so that nobody saves over what they have not seen."""

import hashlib
from typing import Any

SEEN = "seen_state"  # the name of the hidden field


def digest(state: Any) -> str:
    """Another one for each other ``state``: plain values, in lists and dictionaries."""
    return hashlib.sha256(repr(state).encode(errors="replace")).hexdigest()[:32]
