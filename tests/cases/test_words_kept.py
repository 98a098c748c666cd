"""Staff lose no words: not with a row that somebody deletes while it is edited, whichever row it is."""

import re

import pytest
from django import forms
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db import transaction
from django.db.models import ProtectedError
from django.test import Client, RequestFactory
from django.urls import reverse

from bookings.models import WeeklyHours
from exercises.dose import Amount
from exercises.models import Handout, HandoutItem
from kneecare.clinic.models import Clinician
from kneecare.core.admin.urls import admin_url
from tests.admin_forms import filled
from tests.factories import make_booking, make_clinician, make_exercise, make_handout
from tests.rows import MODELS, row_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("first_content")]
TYPED = "Typed while it was deleted"


def edited(staff):
    """The models of which staff can save a row, as the registry says."""
    request = RequestFactory().get("/")
    request.user = staff
    return [model for model in MODELS if admin.site._registry[model].has_change_permission(request)]  # fmt: skip


def delete(row):
    """Whether the row could go; some are held by others, and then the test asks for one that never was."""
    try:
        with transaction.atomic():
            type(row)._base_manager.get(pk=row.pk).delete()
    except ProtectedError:
        row.pk += 10**6
        return False
    return True


def kept(answer, name):
    """What the page holds of a field, in the form of a new row or among the words."""
    if answer.status_code == 409:
        return next((text for _, text in answer.context["words"] if TYPED in text), None)  # fmt: skip
    return answer.context["adminform"].form[name].value()


def free_text(form):
    """The first field of the form that takes any words, or ``None``."""
    takes_words = (forms.TextInput, forms.Textarea)
    fields = form.fields.items()
    names = (name for name, field in fields if type(field) is forms.CharField and isinstance(field.widget, takes_words))  # fmt: skip
    return next(names, None)


def test_whatever_is_deleted_while_it_is_edited_its_words_stay(staff_client, staff):
    models = edited(staff)
    assert {Handout, Clinician, get_user_model()} <= set(models)

    for model in models:
        row = row_of(model)
        page = staff_client.get(admin_url(row))
        data, name = filled(page), free_text(page.context["adminform"].form)
        data |= {name: TYPED} if name else {}
        change = admin_url(row)
        was_deleted = delete(row)

        answer = staff_client.post(change if was_deleted else admin_url(row), data)

        label = model._meta.label
        assert answer.status_code in [200, 409], label
        assert f"This {model._meta.verbose_name} was deleted" in answer.text, label
        for each in [name] if name else data.keys() & {"day", "first_day", "starts"}:
            assert str(kept(answer, each)) == str(data[each]), f"{label}.{each}"


@pytest.fixture
def opened(ada):
    """A handout with what somebody is typing into its form."""
    handout = make_handout(make_exercise(title="Bridge"), dose={"reps": 8})
    data = filled(ada.get(admin_url(handout)))
    return handout, data | {"note": TYPED, "items-0-note": "Slowly."}


def test_a_handout_that_another_deletes_becomes_a_new_one(opened, ada, bob):
    handout, data = opened
    bob.post(admin_url(handout, "delete"), {"post": "yes"})
    assert not Handout.objects.exists()

    answer = ada.post(admin_url(handout), data)

    assert "Bob Cole deleted this handout while you had it open." in answer.text
    assert "Please correct" not in answer.text
    assert not Handout.objects.exists()
    [add_url] = re.findall(r'<form [^>]*action="([^"]+/add/)"', answer.text)
    assert ada.post(add_url, filled(answer)).status_code == 302
    made = Handout.objects.get()
    assert (made.note, made.code == handout.code) == (TYPED, False)
    item = HandoutItem.objects.get()
    assert (item.exercise.title, item.reps, item.note) == (
        "Bridge",
        Amount(8),
        "Slowly.",
    )
    assert made.live_version.snapshot().note == TYPED


def test_an_error_elsewhere_is_told_with_the_deletion(opened, ada, bob):
    handout, data = opened
    bob.post(admin_url(handout, "delete"), {"post": "yes"})

    answer = ada.post(admin_url(handout), data | {"title": ""})

    assert "Bob Cole deleted this handout" in answer.text
    assert "This field is required." in answer.text
    assert TYPED in answer.text


def test_who_may_make_no_new_one_reads_all_that_they_typed(opened, django_user_model):
    handout, data = opened
    user = django_user_model.objects.create_user("eve", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=["change_handout", "change_handoutitem"]))  # fmt: skip
    client = Client()
    client.force_login(user)
    handout.delete()

    answer = client.post(admin_url(handout), data)

    assert answer.status_code == 409
    words = [text for _, text in answer.context["words"]]
    assert TYPED in words
    assert "Slowly." in words
    assert not Handout.objects.exists()


def test_who_may_not_change_rows_is_told_nothing_of_them(opened, django_user_model):
    handout, data = opened
    client = Client()
    client.force_login(django_user_model.objects.create_user("eve", is_staff=True))
    handout.delete()

    answer = client.post(admin_url(handout), data)

    assert "deleted" not in answer.text


def test_what_is_typed_into_a_list_stays_when_a_row_of_it_goes(staff_client):
    first, second = make_clinician(), make_clinician()
    listed = reverse("admin:clinic_clinician_changelist")
    formset = staff_client.get(listed).context["cl"].formset
    data = {bound.html_name: bound.value() for form in formset for bound in form}
    data |= {bound.html_name: bound.value() for bound in formset.management_form}
    data |= {name: 77 for name in data if name.endswith("-position")}
    first.delete()

    answer = staff_client.post(listed, data | {"_save": "Save"}, follow=True)

    assert answer.status_code == 200
    saved = Clinician.objects.get(pk=second.pk).position == 77
    assert saved or 'value="77"' in answer.text


def test_a_note_on_a_request_that_is_erased_meanwhile_stays(staff_client):
    booking = make_booking()
    note = reverse("admin:bookings_booking_note", args=[booking.pk])
    assert staff_client.get(note).status_code == 200
    booking.delete()

    answer = staff_client.post(note, {"text": TYPED})

    assert answer.status_code == 409
    assert ("text", TYPED) in answer.context["words"]
    assert staff_client.get(note).status_code == 404
    assert staff_client.post(note, {"text": ""}).status_code == 404


def test_nobody_learns_of_a_row_that_they_may_not_see(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("new", is_staff=True))

    answer = client.post("/admin/articles/article/123456/plan/", {"note": "hello"})

    assert answer.status_code == 404
    assert "deleted" not in answer.text


def test_that_a_row_was_deleted_is_said_whatever_else_is_wrong(
    staff_client, monkeypatch
):
    hours = WeeklyHours.objects.first()
    data = filled(staff_client.get(admin_url(hours)))
    WeeklyHours.objects.all().delete()
    monkeypatch.setattr("bookings.availability.slots.MOST", 0)

    answer = staff_client.post(f"/admin/bookings/weeklyhours/{hours.pk}/change/", data)

    assert "This would make about" in answer.text
    assert "was deleted while you had it open" in answer.text
