"""The visitor's time zone, which their browser tells where it runs scripts."""

from zoneinfo import available_timezones

from django import forms

ZONES = frozenset(available_timezones())


class ZoneInput(forms.HiddenInput):
    template_name = "bookings/_time_zone_input.html"


class ZoneField(forms.Field):
    """What is no time zone is dropped, not refused: the visitor did not type it."""

    def __init__(self):
        super().__init__(required=False, widget=ZoneInput)

    def to_python(self, value):
        return value if value in ZONES else ""
