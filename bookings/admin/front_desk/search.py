"""Finding a request by what somebody says on the phone."""

import re

from django.db.models import CharField, Q, Value
from django.db.models.functions import Cast, Replace

from bookings.services.names import searchable
from kneecare.core.fields import without_marks

FEWEST_DIGITS = 4  # that tell a phone number
LONG_NUMBER = 9  # digits of one that is written with its area


def found_by(bookings, text):
    """Those of ``bookings`` by a name with or without accents, an e-mail, a reference, or a phone number in any writing."""
    text = without_marks(text).strip()
    if not text:
        return bookings
    wanted = Q(reference__icontains=text) | Q(email__icontains=text)
    names = searchable(text).split()
    if names:
        by_name = Q()
        for name in names:
            by_name &= Q(searchable_name__contains=name)
        wanted |= by_name
    number = _digits(text)
    if number:
        wanted |= Q(digits__contains=number)
    stored = Replace(Cast("phone", CharField()), Value("-"), Value(""))
    return bookings.alias(digits=stored).filter(wanted)


def _digits(text):
    """The digits of a phone number, as stored ones have them behind their country; nothing for a text that is none."""
    number = text.lower().removeprefix("tel:").replace("(0)", "")
    number, *_ = re.split(r"[,;]?\s*(?:ext\.?|x|#)", number, maxsplit=1)
    if not re.fullmatch(r"[\d\s()+./\-\u2010-\u2015]*", number):
        return ""
    digits = re.sub(r"\D", "", number)
    if len(digits) >= LONG_NUMBER:
        # Dialled within a country, or out of one, and not behind its code.
        digits = re.sub("^(011|0+)", "", digits)
    return digits if len(digits) >= FEWEST_DIGITS else ""
