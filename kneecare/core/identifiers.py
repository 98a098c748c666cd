"""What things are called outside of the database: codes to read out, and ids and days in a URL or a form."""

from datetime import date

from django.utils.crypto import get_random_string

# Letters and digits that cannot be taken for each other when they are read out.
READABLE = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LONGEST_ID = 18  # digits that every database takes for an id


def readable_code(length: int) -> str:
    """A random code that can be read out on the phone."""
    return get_random_string(length, READABLE)


def parse_id(text: str | None, longest: int = LONGEST_ID) -> int | None:
    """The whole number in ``text``, or ``None`` for anything else that somebody put there."""
    is_id = text and text.isascii() and text.isdigit() and len(text) <= longest
    return int(text) if text and is_id else None


def parse_day(text: str | None) -> date | None:
    """The day that ``text`` names, such as 2026-11-22, or ``None`` where it names none."""
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None
