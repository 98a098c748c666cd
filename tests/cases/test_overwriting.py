"""Of two who have the form of one row open, the second is told what the first has saved, whichever row it is."""

import pytest
from django.contrib import admin
from django.db import models
from django.test import RequestFactory

from kneecare.clinic.models import Clinic, SocialLink
from kneecare.core.admin.urls import admin_url
from tests.admin_forms import filled
from tests.factories import make_program
from tests.rows import MODELS, row_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("first_content")]


def guarded(staff):
    """The models of which staff can save a row, but for those that are kept by version and tell of it in their own way."""
    request = RequestFactory().get("/")
    request.user = staff
    registry = admin.site._registry
    return [
        model
        for model in MODELS
        if registry[model].has_change_permission(request)
        and not getattr(registry[model], "has_guard_of_its_own", False)
    ]


def save_meanwhile(row, form):
    """Somebody else's save of one text or number of the form; its name, what it was and what it is."""
    fields = [
        field
        for field in row._meta.fields
        if field.name in form.fields
        and not (form.fields[field.name].disabled or field.choices)
    ]
    texts = [each for each in fields if isinstance(each, models.CharField | models.TextField)]  # fmt: skip
    numbers = [each for each in fields if isinstance(each, models.IntegerField)]
    field = [*texts, *numbers][0]
    before = getattr(row, field.name)
    now = before + 1 if field in numbers else "theirs"
    if isinstance(field, models.EmailField):
        now = "theirs@example.com"
    type(row)._base_manager.filter(pk=row.pk).update(**{field.name: now})
    return field.name, before, now


def test_whatever_is_saved_while_it_is_edited_is_not_overwritten_unseen(
    staff_client, staff
):
    for model in guarded(staff):
        row, label = row_of(model), model._meta.label
        url = admin_url(row)
        page = staff_client.get(url)
        typed = filled(page)
        name, _, now = save_meanwhile(row, page.context["adminform"].form)

        told = staff_client.post(url, typed)
        unseen = {key: typed[key] for key in typed if key != "seen_state"}
        raw = staff_client.post(url, unseen)

        for answer in (told, raw):
            assert answer.status_code == 200, label
            assert "after you had opened it" in answer.text, label
        stored = model._base_manager.get(pk=row.pk)
        assert str(getattr(stored, name)) == str(now), f"{label}.{name}"
        kept = told.context["adminform"].form[name].value()
        assert str(kept) == str(typed.get(name, "")), f"{label}.{name}"
        again = staff_client.post(url, filled(told))
        assert "after you had opened it" not in again.text, label


def test_who_saves_second_is_told_what_is_stored_now_and_may_save_over_it(
    staff_client,
):
    program = make_program(title="Stretch", summary="Old words.")
    url = admin_url(program)
    typed = filled(staff_client.get(url)) | {"title": "Stretch and more"}
    staff_client.post(url, filled(staff_client.get(url)) | {"summary": "New words."})

    told = staff_client.post(url, typed)

    (words,) = told.context["adminform"].form.non_field_errors()
    assert "Title “Stretch”; Summary “New words.”" in words
    assert 'value="Stretch and more"' in told.text
    assert staff_client.post(url, filled(told)).status_code == 302
    program.refresh_from_db()
    assert (program.title, program.summary) == ("Stretch and more", "Old words.")


def test_rows_within_a_form_are_guarded_too(staff_client):
    clinic = Clinic.objects.current()
    link = SocialLink.objects.create(label="Us", url="https://x.example/", clinic=clinic)  # fmt: skip
    url = admin_url(clinic)
    typed = filled(staff_client.get(url))
    SocialLink.objects.filter(pk=link.pk).update(label="Theirs")

    told = staff_client.post(url, typed)

    assert "social links" in told.context["adminform"].form.non_field_errors()[0]
    assert SocialLink.objects.get(pk=link.pk).label == "Theirs"


def test_the_same_form_sent_twice_is_no_conflict(staff_client):
    url = admin_url(make_program())
    typed = filled(staff_client.get(url)) | {"title": "Stretch"}

    answers = [staff_client.post(url, typed).status_code for _ in range(2)]

    assert answers == [302, 302]
