"""What the pattern page shows its components with. Nothing here is stored, and no row is read."""

import tomllib
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator

from articles.models import Topic
from bookings.offer import FreeTime
from bookings.progress import Step
from bookings.slot_picker import SlotPicker
from exercises.models import Dose, Exercise, Routine, RoutineItem
from kneecare.clinic.models import Clinician, HelpLevel

DAY = date(2030, 1, 15)
ZONE = ZoneInfo("America/Phoenix")
POSES = settings.BASE_DIR / "exercises/first_poses.toml"


def clinician():
    return Clinician(
        name="Sample Name",
        slug="sample-name",
        credentials="DPT",
        role="Doctor of Physical Therapy",
        intro="One sentence that says how this person works.",
    )


def dose(**fields):
    return Dose(**({"source": "A sample text."} | fields))


def full_dose():
    return dose(
        sets=2, reps_from=10, reps_to=15, hold_seconds=3, rest_seconds=60, sides="each"
    )


def exercise(**fields):
    """A glute bridge with its drawing and a whole dose."""
    figure = tomllib.loads(POSES.read_text(encoding="utf-8"))["glute-bridge"]
    sample = Exercise(
        title="Sample bridge",
        slug="sample-bridge",
        summary="Lift your hips. One or two sentences say what for.",
        figure=figure,
        **fields,
    )
    sample.stated_dose = full_dose()
    return sample


def routine():
    sample: Any = Routine(
        title="Sample routine", slug="sample-routine", summary="Two moves for a start."
    )
    sample.shown_items = [RoutineItem(exercise=exercise()) for _ in range(2)]
    return sample


def reviewed(**fields):
    """Something to rely on; ``fields`` say how its review stands."""
    return Exercise(title="Sample page", author=clinician(), **fields)


def checked(*, review_by):
    return reviewed(reviewer=clinician(), reviewed_on=DAY, review_by=review_by)


def help_levels():
    words = {
        "emergency": "Call 911 now",
        "urgent": "Call a doctor today",
        "not_urgent": "Make an appointment",
    }
    return [
        HelpLevel(level=level, heading=heading, signs="A sample sign.\nAnother one.")
        for level, heading in words.items()
    ]


def messages():
    return [
        Message(constants.SUCCESS, "It worked."),
        Message(constants.WARNING, "It worked, but look at this."),
        Message(constants.ERROR, "It did not work. Here is what to do."),
    ]


def page(number):
    return Paginator(range(30), 10).page(number)


def progress(done):
    titles = ["You asked for this time", "We confirm by e-mail", "We talk"]
    states = ["done"] * done + ["now"] + ["next"] * 3
    return [
        Step(title, "A few words." if state != "done" else "", state)
        for title, state in zip(titles, states, strict=False)
    ]


def topics():
    return [Topic(title=f"Sample topic {n}", slug="knee-pain") for n in range(1, 4)]


class Sample(forms.Form):
    """One field of each kind."""

    name = forms.CharField(
        label="Your name", error_messages={"required": "Give your name."}
    )
    email = forms.EmailField(
        label="Your e-mail", required=False, help_text="We answer to this address."
    )
    part = forms.ChoiceField(
        label="Body part", choices=[("", "Any part of the body"), ("hip", "Hip")]
    )
    side = forms.ChoiceField(
        label="Which knee?",
        choices=[("left", "Left"), ("right", "Right"), ("both", "Both")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one."},
    )
    words = forms.CharField(
        label="What is going on?",
        required=False,
        help_text="Only clinic staff who have signed in can read this.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    agree = forms.BooleanField(
        label="You may keep what I send here.",
        error_messages={"required": "Tick the box."},
    )


def empty_form(uid):
    return Sample(auto_id=f"{uid}_%s")


def wrong_form(uid):
    """A form that was sent without a word."""
    form = Sample({"email": "not an address"}, auto_id=f"{uid}_%s")
    form.is_valid()
    return form


class SampleSlots(forms.Form):
    slot = forms.ChoiceField(label="Free times", widget=SlotPicker, required=False)


def slot_field(uid, *, days=3, chosen=None):
    form = SampleSlots(auto_id=f"{uid}_%s", initial={"slot": chosen})
    widget = form.fields["slot"].widget
    later = DAY + timedelta(days=days) if days else None
    widget.offer = SimpleNamespace(later=later, first_day=None, zone=ZONE)
    nine = datetime(2030, 1, 15, 16, tzinfo=UTC)
    widget.choices = [
        (f"Sample day {day}", [_time(day, nine, half) for half in range(4)])
        for day in range(1, days + 1)
    ]
    return form["slot"]


def _time(day, nine, half):
    moment = nine + timedelta(days=day, minutes=30 * half)
    words = moment.astimezone(ZONE).strftime("%I:%M %p").lstrip("0")
    return day * 10 + half, FreeTime(words, moment)
