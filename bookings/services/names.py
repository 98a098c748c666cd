from bookings.models import Booking
from kneecare.search.words import words

LONGEST = Booking._meta.get_field("searchable_name").max_length


def searchable(name: str) -> str:
    """``name`` as the search compares it: in small letters, without accents, apostrophes and hyphens."""
    found: list[str] = words(name)  # type: ignore[no-untyped-call]
    return " ".join(found)[:LONGEST]
