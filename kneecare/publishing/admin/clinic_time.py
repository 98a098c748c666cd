from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

LAST_YEAR = 2100


class ClinicTimeField(forms.DateTimeField):
    """A day and a time to the minute on the clinic's clock, as the admin has it."""

    widget = forms.DateTimeInput(
        format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local", "step": 60}
    )
    default_error_messages = {
        "clock_change": "The clocks change in that night, and this time comes twice or not at all. "
        "Choose another time.",
        "too_far": "This is too far away. Choose an earlier time.",
    }

    def to_python(self, value: Any) -> datetime | None:
        try:
            moment = super().to_python(value)
        except ValidationError as error:
            if error.code == "ambiguous_timezone":
                self._refuse("clock_change", error)
            raise
        if moment and moment.year > LAST_YEAR:
            self._refuse("too_far")
        return moment

    def _refuse(self, code: str, error: Exception | None = None) -> None:
        raise ValidationError(self.error_messages[code], code=code) from error
