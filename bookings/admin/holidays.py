from datetime import date
from typing import Any

from django import forms

from bookings import clock
from bookings.availability.holidays import coming_holidays


class HolidaysForm(forms.Form):
    """Tick boxes for the holidays on which the clinic is not closed yet."""

    days = forms.TypedMultipleChoiceField(
        coerce=date.fromisoformat,
        widget=forms.CheckboxSelectMultiple,
        label="Close on these days",
        error_messages={
            "required": "Tick at least one day.",
            "invalid_choice": "One of these days is closed by now, or is no holiday. Look at the list again.",
        },
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        holidays = coming_holidays()
        self.closed = [holiday for holiday in holidays if holiday.is_closed]
        self.is_open = len(self.closed) < len(holidays)
        days: Any = self.fields["days"]
        days.choices = [
            (holiday.day.isoformat(), _words(holiday))
            for holiday in holidays
            if not holiday.is_closed
        ]


def _words(holiday):
    words = f"{clock.day_words(holiday.day)}, {holiday.day.year}: {holiday.name}"
    if not holiday.calls:
        return words
    calls = "1 booked call" if holiday.calls == 1 else f"{holiday.calls} booked calls"
    return f"{words} ({calls}: it stays booked until you move or cancel it)"
