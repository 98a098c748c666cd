"""Times in the admin of the articles, read and typed on the clinic's clock."""

from functools import wraps

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateformat import format as format_date

from kneecare.clinic.models import Clinic

LAST_YEAR = 2100


def on_clinic_clock(view):
    """Have all times of an admin page in the clinic's zone; the page is rendered while that holds."""

    @wraps(view)
    def zoned(*args, **kwargs):
        with timezone.override(Clinic.objects.current().zone):
            response = view(*args, **kwargs)
            return response.render() if hasattr(response, "render") else response

    return zoned


def moment_words(moment):
    """Such as "Tuesday, November 24, 2026 at 9:00 AM MST", on the clock that holds now."""
    return format_date(timezone.localtime(moment), "l, F j, Y \\a\\t g:i A T")


class ClinicTimeField(forms.DateTimeField):
    """A day and a time to the minute on the clinic's clock; for views that are ``on_clinic_clock``."""

    widget = forms.DateTimeInput(
        format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local", "step": 60}
    )
    default_error_messages = {
        "clock_change": "The clocks change in that night, and this time comes twice or not at all. "
        "Choose another time.",
        "too_far": "This is too far away. Choose an earlier time.",
    }

    def to_python(self, value):
        try:
            moment = super().to_python(value)
        except ValidationError as error:
            if error.code == "ambiguous_timezone":
                self._refuse("clock_change", error)
            raise
        if moment and moment.year > LAST_YEAR:
            self._refuse("too_far")
        return moment

    def _refuse(self, code, error=None):
        raise ValidationError(self.error_messages[code], code=code) from error
