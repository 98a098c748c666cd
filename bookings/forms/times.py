"""Times of day as people type them."""

import re
from datetime import date, time, timedelta
from itertools import pairwise

from django import forms
from django.utils import timezone
from django.utils.formats import date_format

NOT_A_TIME = "Type a time such as 1 pm, 8:30 am or 13:00."
CLOCK = re.compile(
    r"(?P<hour>\d{1,2})(?:[:.h]?(?P<minute>\d{2}))?(?::00)?\s*(?P<half>[ap])?\.?m?\.?",
    re.IGNORECASE,
)
NOT_A_RANGE = "“{}” is not understood. Type hours such as 9 am to 12 pm, 1 pm to 5 pm."
TOO_FAR = "Check the year. The last day that can be given is {}."
NO_HALF = "Add am or pm to “{}”, as in 9 am to 5 pm."
OVERLAP = "These hours overlap. Type each of them once."
BETWEEN_RANGES = re.compile(r"[,;\n&+/]|\band\b", re.IGNORECASE)
WITHIN_RANGE = re.compile(
    r"\s*(?:[-\u2010-\u2015]|\bto\b|\buntil\b|\btill?\b|\bthrough\b)\s*", re.IGNORECASE
)
BARE = re.compile(rf"[\d:.]+{WITHIN_RANGE.pattern}[\d:.]+", re.IGNORECASE)
NO_HOURS = ("closed", "off", "none", "-", "\u2013", "\u2014")
NOON = 12
FIRST_DAY = date(2000, 1, 1)
NAMED = {
    "noon": time(12),
    "12 noon": time(12),
    "midnight": time(0),
    "12 midnight": time(0),
}
MORNING = 7  # an hour before, written without am or pm, may as well be in the afternoon


def parse_time(text: str) -> time | None:
    """The time that ``text`` says, such as "1 pm", "8am", "9.30" or "13:00"; None where it says none."""
    text = text.strip().lower()
    if text in NAMED:
        return NAMED[text]
    found = CLOCK.fullmatch(text)
    if not found:
        return None
    hour, minute, half = int(found["hour"]), int(found["minute"] or 0), found["half"]
    if half is None and text.endswith("m"):
        return None
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    elif len(found["hour"]) == 1 and (found["minute"] is None or hour < MORNING):
        return None  # whether "8" or "1:30" is in the morning, nobody can tell
    return time(hour, minute) if hour < 24 and minute < 60 else None


def parse_ranges(text: str) -> list[tuple[time, time]]:
    """The hours of a day as people type them, such as "9 am to 12 pm, 1-5 pm", earliest first; none for no text.

    The half of the day may stand once, behind both times: "1-5 pm" is in the afternoon, "9-5 pm" begins in the morning.
    Raises ``ValidationError`` with words for whoever typed it.
    """
    text = text.strip().lower().removeprefix("from ")
    if text in NO_HOURS:
        return []
    found = [_range(part) for part in BETWEEN_RANGES.split(text) if part.strip()]
    found.sort()
    if any(before[1] > after[0] for before, after in pairwise(found)):
        raise forms.ValidationError(OVERLAP, code="overlap")
    return found


def _range(text: str) -> tuple[time, time]:
    first, *rest = WITHIN_RANGE.split(text.strip())
    last = parse_time(rest[0]) if len(rest) == 1 else None
    if last is None:
        is_clear = not BARE.fullmatch(text.strip())
        words = NOT_A_RANGE if is_clear else NO_HALF
        raise forms.ValidationError(words.format(text.strip()), code="invalid")
    halves = [
        first,
        f"{first} {'pm' if last.hour >= NOON else 'am'}",
        f"{first} am",
        f"0{first}",
    ]
    starts = [start for half in halves if (start := parse_time(half)) and start < last]
    if not starts:
        raise forms.ValidationError(NOT_A_RANGE.format(text.strip()), code="invalid")
    return starts[0], last


def ranges_words(ranges: list[tuple[time, time]]) -> str:
    return ", ".join(
        f"{time_words(start)} to {time_words(end)}" for start, end in ranges
    )


def time_words(clock: time) -> str:
    """As people type it: "8:30 am"."""
    half = "am" if clock.hour < 12 else "pm"
    return f"{clock.hour % 12 or 12}:{clock.minute:02} {half}"


class TypedTimeInput(forms.TextInput):
    def format_value(self, value):
        return time_words(value) if isinstance(value, time) else value


class TypedTimeField(forms.Field):
    """A time of day, typed as people type it."""

    widget = TypedTimeInput

    def to_python(self, value):
        if value in self.empty_values or isinstance(value, time):
            return value or None
        parsed = parse_time(str(value))
        if parsed is None:
            raise forms.ValidationError(NOT_A_TIME, code="invalid")
        return parsed


class NearDayField(forms.DateField):
    """A day of this century, and no further than ``days_ahead``: any other is a slip in the year."""

    def __init__(self, *, days_ahead: int, **kwargs):
        self.days_ahead = timedelta(days=days_ahead)
        super().__init__(**kwargs)

    def validate(self, value):
        super().validate(value)
        last = timezone.localdate() + self.days_ahead
        if value and not FIRST_DAY <= value <= last:
            raise forms.ValidationError(
                TOO_FAR.format(date_format(last, "F j, Y")), code="too_far"
            )
