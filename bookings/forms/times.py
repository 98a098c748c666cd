"""Times of day as people type them."""

import re
from datetime import time

from django import forms

NOT_A_TIME = "Type a time such as 1 pm, 8:30 am or 13:00."
CLOCK = re.compile(
    r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?(?::00)?\s*(?P<half>[ap])?\.?m?\.?",
    re.IGNORECASE,
)
NAMED = {"noon": time(12), "midnight": time(0)}


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
    elif found["minute"] is None and len(found["hour"]) == 1:
        return None  # whether "8" is in the morning, nobody can tell
    return time(hour, minute) if hour < 24 and minute < 60 else None


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
