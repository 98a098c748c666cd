"""The weekly hours of one clinician, as one page."""

from datetime import time

from django import forms

from bookings.forms.times import parse_ranges, ranges_words
from bookings.models import WeeklyHours
from kneecare.core.seen import SEEN, digest

DAYS = WeeklyHours.Weekday.choices
WORKDAYS = range(1, 5)  # Tuesday to Friday, which may be as Monday is
SAVED_MEANWHILE = (
    "Somebody saved this week after you had opened it. Yours is not saved yet; all that you typed is below. "
    "Where it differs, theirs is: {}. Save again to put yours in its place."
)
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
    def __init__(self, data=None, *, clinician, initial=None, seen=None):
        """``seen``: the state of the week that the page showed; of a form that was sent, its own word counts."""
        self.clinician = clinician
        sent = data.get(SEEN, "") if data is not None else seen
        self.seen = week_state(clinician) if sent is None else sent
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

    def refuse_unseen(self):
        """Whether somebody saved something else than was typed since the page showed the week; then the form says what."""
        state, theirs = week_state(self.clinician), hours_of(self.clinician)
        differ = [
            f"{name} {ranges_words(theirs[day_name(number)]) or 'without calls'}"
            for number, name in DAYS
            if theirs[day_name(number)] != self.cleaned_data[day_name(number)]
        ]
        if self.seen == state or not differ:
            return False
        self.seen = state  # they are told of it now
        self.add_error(None, SAVED_MEANWHILE.format("; ".join(differ)))
        return True

    def gone(self):
        """The stored hours that end with this week, notes and all."""
        return self._matched()[2]

    def save(self):
        """Make the week what was typed. Hours that go on, though at other times of the day, keep their note."""
        moved, new, gone = self._matched()
        for row in gone:
            row.delete()
        for stored, typed in moved:
            stored.starts, stored.ends = typed.starts, typed.ends
            stored.save(update_fields=["starts", "ends"])
        WeeklyHours.objects.bulk_create(new)

    def _matched(self):
        """Pairs of stored and typed hours, the typed ones that are new, and the stored ones that end.

        On each day those that are the same are matched first, then those that overlap, then the nearest.
        """
        stored = list(WeeklyHours.objects.filter(clinician=self.clinician))
        typed = self.rows()
        same_day = [
            (old, new) for old in stored for new in typed if old.weekday == new.weekday
        ]
        moved = []
        for old, new in sorted(same_day, key=_distance):
            if old in stored and new in typed:
                moved.append((old, new))
                stored.remove(old)
                typed.remove(new)
        return moved, typed, stored


def day_name(number):
    return f"day_{number}"


def hours_of(clinician) -> dict[str, Ranges]:
    week: dict[str, Ranges] = {day_name(number): [] for number, _ in DAYS}
    rows = WeeklyHours.objects.filter(clinician=clinician)
    for row in rows.order_by("weekday", "starts"):
        week[day_name(row.weekday)].append((row.starts, row.ends))
    return week


def week_state(clinician) -> str:
    return digest(hours_of(clinician))


def as_monday(typed):
    """What was typed, with Monday's hours on Tuesday to Friday too."""
    monday = typed.get(day_name(0), "")
    return typed | {day_name(number): monday for number in WORKDAYS}


def _distance(pair):
    """How little two hours of one day are the same ones. A note decides between several that overlap."""
    old, new = pair
    is_same = (old.starts, old.ends) == (new.starts, new.ends)
    shared = min(_minutes(old.ends), _minutes(new.ends)) - max(
        _minutes(old.starts), _minutes(new.starts)
    )
    return not is_same, shared <= 0, not old.note, -shared


def _minutes(clock):
    return clock.hour * 60 + clock.minute
