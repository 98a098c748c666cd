"""The weekly hours of one clinician, as one page."""

from datetime import time

from django import forms

from bookings.forms.times import parse_ranges, ranges_words
from bookings.models import WeeklyHours

DAYS = WeeklyHours.Weekday.choices
WORKDAYS = range(1, 5)  # Tuesday to Friday, which may be as Monday is
Ranges = list[tuple[time, time]]


class HoursField(forms.CharField):
    """The hours of a day, typed as people type them."""

    def __init__(self, **kwargs):
        super().__init__(required=False, **kwargs)

    def to_python(self, value):
        return parse_ranges(super().to_python(value) or "")

    def prepare_value(self, value):
        return ranges_words(value) if isinstance(value, list) else value


class WeekForm(forms.Form):
    def __init__(self, data=None, *, clinician, initial=None):
        self.clinician = clinician
        super().__init__(data, initial=initial or hours_of(clinician))
        for number, name in DAYS:
            self.fields[day_name(number)] = HoursField(label=name)

    def days(self):
        return [self[day_name(number)] for number, _ in DAYS]

    def rows(self):
        """The hours that were typed, unsaved."""
        return [
            WeeklyHours(
                clinician=self.clinician, weekday=number, starts=start, ends=end
            )
            for number, _ in DAYS
            for start, end in self.cleaned_data[day_name(number)]
        ]

    def save(self):
        """Make the week what was typed. Hours that stay keep their note."""
        wanted = {_key(row): row for row in self.rows()}
        for row in WeeklyHours.objects.filter(clinician=self.clinician):
            if wanted.pop(_key(row), None) is None:
                row.delete()
        WeeklyHours.objects.bulk_create(wanted.values())


def day_name(number):
    return f"day_{number}"


def hours_of(clinician) -> dict[str, Ranges]:
    week: dict[str, Ranges] = {day_name(number): [] for number, _ in DAYS}
    for row in WeeklyHours.objects.filter(clinician=clinician):
        week[day_name(row.weekday)].append((row.starts, row.ends))
    return week


def as_monday(typed):
    """What was typed, with Monday's hours on Tuesday to Friday too."""
    monday = typed.get(day_name(0), "")
    return typed | {day_name(number): monday for number in WORKDAYS}


def _key(row):
    return row.weekday, row.starts, row.ends
