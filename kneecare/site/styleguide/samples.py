"""What components.toml cannot say as plain values. Nothing here is stored, and no row is read."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

from django import forms
from django.core.paginator import Paginator
from django.utils.html import format_html

from articles.anatomy import choices as drawings
from articles.anatomy import drawing_of
from articles.models import Topic
from bookings.availability.free_times import TimeLabel
from bookings.forms.slot_picker import SlotPicker
from bookings.views.manage import Step
from exercises.dose import DoseSnapshot
from exercises.figures.poses import first_poses
from exercises.models import ExerciseVersion
from exercises.pain import guide
from exercises.snapshots import ExerciseSnapshot, ItemSnapshot, RoutineSnapshot
from kneecare.clinic.models import Clinician, HelpLevel
from kneecare.search.query.matching import Candidate
from kneecare.search.query.plan import Plan
from kneecare.search.query.snippets import Marker
from kneecare.search.searching import Found

DAY = date(2030, 1, 15)
ZONE = ZoneInfo("America/Phoenix")


def nothing():
    return None


def paragraph(text):
    return format_html("<p>{}</p>", text)


def clinician(**fields):
    words = {
        "role": "Doctor of Physical Therapy",
        "intro": "One sentence that says how this person works.",
    }
    name = {"name": "Sample Name", "slug": "sample-name", "credentials": "DPT"}
    return Clinician(**name | words | fields)


def dose(**fields):
    return DoseSnapshot(**{"provenance": "A sample text."} | fields)


def full_dose():
    return dose(
        sets=2,
        reps="10-15",
        hold=3,
        rest=60,
        sides="each",
        days="3-4",
        load="A red band",
    )


def exercise():
    """A glute bridge with its drawing and a whole dose."""
    return ExerciseSnapshot(
        pk=0,
        title="Sample bridge",
        slug="sample-bridge",
        summary="Lift your hips. One or two sentences say what for.",
        steps="Lie down.\nLift your hips.",
        why="",
        mistakes="",
        not_for="",
        figure=first_poses()["glute-bridge"],
        dose=full_dose(),
        tags=[],
    )


def routine(*, length=2):
    return RoutineSnapshot(
        title="Sample routine",
        slug="sample-routine",
        summary="Two moves for a start.",
        intro="",
        items=[ItemSnapshot(exercise(), full_dose())] * length,
    )


def page_to_review(**fields):
    return ExerciseVersion(title="Sample page", author=clinician(), **fields)


def reviewed_page(review_by):
    return page_to_review(reviewer=clinician(), reviewed_on=DAY, review_by=review_by)


def found():
    """A page that somebody found by the word "sample"."""
    page = Candidate(
        kind="article",
        url="#",
        title="Sample page",
        summary="What the sample is about. The words that were asked for are marked.",
        body="",
        title_stems="",
        summary_stems="",
        body_stems="",
    )
    return Found(page, Marker(Plan(exact=(("sampl",),))))


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


def video(**fields):
    files = {"name": "sample.mp4", "poster": "", "captions": ""}
    words = {"title": "Sample video", "transcript": "<p>What is said.</p>"}
    return {**words, "url": "", "files": files, "has_no_speech": False, **fields}


def page_of_list(number):
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


def places():
    return list(Topic.Place)


def place_marks():
    keys = {place.value.capitalize(): {"key": place.value} for place in Topic.Place}
    return {"Whole knee": {"key": ""}, **keys}


def anatomy():
    return {title: {"drawing": drawing_of(key)} for key, title in drawings()}


def pain_guide(green_to, amber_to):
    return guide(green_to, amber_to)


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


def form_fields():
    """Each field as a variant, empty and then sent without a word."""
    empty = {field.label: field for field in empty_form("empty")}
    wrong = {f"{field.label} with an error": field for field in wrong_form("wrong")}
    return {
        name.capitalize(): {"field": field, "form_show_errors": True}
        for name, field in {**empty, **wrong}.items()
    }


def filter_field():
    return empty_form("filter")["part"]


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
    widget.free_times = SimpleNamespace(later=later, first_day=None, zone=ZONE)
    nine = datetime(2030, 1, 15, 16, tzinfo=UTC)
    widget.choices = [
        (f"Sample day {day}", [_time(day, nine, half) for half in range(4)])
        for day in range(1, days + 1)
    ]
    return form["slot"]


def _time(day, nine, half):
    moment = nine + timedelta(days=day, minutes=30 * half)
    words = moment.astimezone(ZONE).strftime("%I:%M %p").lstrip("0")
    return day * 10 + half, TimeLabel(words, moment)
