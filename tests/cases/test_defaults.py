"""Nobody's default is a clinician's: a number that tells patients what to do is a clinician's, with the day, or a source's."""

from datetime import date

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.urls import reverse

from exercises.diff import compare
from exercises.models import Handout, Routine
from exercises.models.dose import StatedDose
from exercises.models.plan import Plan
from exercises.snapshots import RoutineSnapshot
from kneecare.clinic.models import Clinician, HelpLevel
from kneecare.core.text.html import plain_text
from kneecare.publishing.models import Signature, Version
from tests.admin_forms import filled
from tests.exercises.printed import said
from tests.factories import (
    make_clinic,
    make_clinician,
    make_exercise,
    make_handout,
    make_routine,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nobody_guessed")]
LIMITS = {"green_to": 2, "amber_to": 4}
LEAFLET = {**LIMITS, "pain_source": "A leaflet about pain"}
HURT, CITED = "How much may it hurt?", "From: A leaflet about pain"
SIGNED = "Set by Ana Ruiz, DPT on January 5, 2026"


@pytest.fixture
def ana():
    make_clinic()
    return make_clinician(name="Ana Ruiz", credentials="DPT")


def pages(routine, handout):
    return [
        routine.get_absolute_url(),
        reverse("routines:play", args=[routine.slug]),
        reverse("routines:handout", args=[routine.slug]),
        handout.get_absolute_url(),
        reverse("handouts:play", args=[handout.code]),
        reverse("handouts:pdf", args=[handout.code]),
    ]


def everywhere(client, clinician, **plan):
    """What each page, player and sheet of a routine and a handout with that plan says."""
    routine = make_routine(make_exercise(), **plan)
    handout = make_handout(make_exercise(), clinician=clinician, **plan)
    return {path: said(client, path) for path in pages(routine, handout)}


def stated():
    """Every field that tells patients how much, how often or how long, or whose word that is, with its model."""
    for model in apps.get_models():
        for kind in [Plan, StatedDose]:
            if issubclass(model, kind):
                yield from ((model, model._meta.get_field(each.name)) for each in kind._meta.local_fields)  # fmt: skip
        for field in model._meta.local_fields:
            if field.related_model and field.name.endswith(("reviewer", "set_by")):
                yield model, field
            if field.name.endswith(("reviewed_on", "set_on")):
                yield model, field


def test_no_field_that_a_clinician_fills_has_a_default():
    fields = list(stated())

    assert {Routine, Handout} <= {model for model, _ in fields}
    assert any(issubclass(model, Version) for model, _ in fields)
    assert [f"{model.__name__}.{each.name}" for model, each in fields if each.has_default() and each.default != ""] == []  # fmt: skip


def test_the_forms_of_a_new_routine_and_handout_hold_no_limits(staff_client, ana):
    for name in ["routine", "handout"]:
        form = staff_client.get(reverse(f"admin:exercises_{name}_add")).context["adminform"].form  # fmt: skip

        for field in LIMITS:
            assert form[field].value() is None, name


def test_without_limits_there_is_no_pain_guide_anywhere(client, ana):
    for path, text in everywhere(client, ana).items():
        assert HURT not in text, path


def test_a_source_is_cited_beside_its_limits_everywhere(client, ana):
    for path, text in everywhere(client, ana, **LEAFLET).items():
        assert HURT in text, path
        assert CITED in text.partition(HURT)[2], path


def test_a_clinician_is_named_with_the_day_beside_theirs_everywhere(client, ana):
    theirs = {**LIMITS, "pain_set_by": ana, "pain_set_on": date(2026, 1, 5)}

    for path, text in everywhere(client, ana, **theirs).items():
        assert SIGNED in text.partition(HURT)[2], path
        assert "From:" not in text.partition(HURT)[2].partition("0 to 2")[0], path


@pytest.mark.parametrize(
    "signed", [{}, {"pain_set_on": date(2026, 1, 5)}, {"pain_set_by": True}]
)
def test_the_database_refuses_limits_that_are_nobodys(ana, signed):
    signed = {**signed, **({"pain_set_by": ana} if "pain_set_by" in signed else {})}

    for make in [make_routine, make_handout]:
        with (
            pytest.raises(IntegrityError, match="pain_guide_says_whose_it_is"),
            transaction.atomic(),
        ):
            make(make_exercise(), **LIMITS, **signed)


def test_a_version_whose_limits_are_nobodys_shows_none():
    assert RoutineSnapshot("T", "", "", **LIMITS).pain_guide() == []


def test_an_editor_who_gives_limits_is_asked_whose_they_are(staff_client, ana):
    routine = make_routine(make_exercise(), author=ana)
    url = reverse("admin:exercises_routine_change", args=[routine.pk])

    answer = staff_client.post(url, filled(staff_client.get(url)) | LIMITS)

    assert "Say whose limits the pain guide has" in answer.text
    assert Routine.objects.get().green_to is None
    assert answer.context["adminform"].form["green_to"].value() == "2"


def make_in_admin(client, clinician, *, query="", **typed):
    url = reverse("admin:exercises_handout_add") + query
    data = filled(client.get(url)) | {"clinician": clinician.pk, **typed}
    data |= {"items-0-exercise": make_exercise().pk}
    assert client.post(url, data).status_code == 302
    return Handout.objects.first()


def test_limits_typed_into_a_handout_are_its_clinicians_today(staff_client, staff, ana):
    ana.account = staff
    ana.save()

    handout = make_in_admin(staff_client, ana, **LIMITS)

    assert (handout.pain_set_by, handout.pain_set_on) == (ana, handout.made_on)
    shown = handout.live_version.snapshot()
    assert shown.pain_origin().startswith("Set by Ana Ruiz, DPT on ")


def test_limits_that_come_from_a_routine_stay_its_sources(staff_client, ana):
    routine = make_routine(make_exercise(), **LEAFLET)

    handout = make_in_admin(staff_client, ana, query=f"?routine={routine.slug}")

    assert handout.pain_set_by is None
    assert handout.live_version.snapshot().pain_origin() == CITED


def test_a_handout_that_is_saved_again_keeps_whose_its_limits_are(staff_client, ana):
    handout = make_handout(make_exercise(), clinician=ana, **LEAFLET)
    url = reverse("admin:exercises_handout_change", args=[handout.pk])

    staff_client.post(url, filled(staff_client.get(url)) | {"title": "Other"})
    assert Handout.objects.get().live_version.snapshot().pain_origin() == CITED

    staff_client.post(url, filled(staff_client.get(url)) | {"green_to": 1})
    assert Handout.objects.get().pain_set_by == ana


def test_a_guide_whose_owner_changes_is_told_as_a_difference():
    before = RoutineSnapshot("T", "", "", **LIMITS, pain_provenance="A")
    after = RoutineSnapshot("T", "", "", **LIMITS, pain_provenance="B")
    assert [row["label"] for row in compare(before, after).rows] == ["Pain guide"]


@pytest.mark.usefixtures("first_content")
def test_the_first_content_signs_nothing_for_a_clinician():
    signed = [
        f"{model.__name__}.{field.name}"
        for model, field in stated()
        if isinstance(field, models.ForeignKey | models.DateField)
        and model._base_manager.exclude(**{field.name: None}).exists()
    ]

    assert signed == []
    assert not Signature.objects.exists()
    assert not any(clinician.can_sign for clinician in Clinician.objects.all())
    assert HelpLevel.objects.count() == 3


@pytest.mark.usefixtures("first_content")
def test_the_first_pain_guide_is_its_sources(client):
    page = plain_text(client.get(Routine.objects.first().get_absolute_url()).text)

    assert "From: Provide Community (UK)" in page.partition(HURT)[2]
