"""Of two who have the form of one row open, the second is told what the first has saved, whichever row it is."""

import re
from datetime import date

import pytest
from django.contrib import admin
from django.db import models
from django.test import RequestFactory

from kneecare.clinic.models import Clinic, SocialLink
from kneecare.core.admin.urls import admin_url
from tests.admin_forms import filled
from tests.factories import (
    make_draft,
    make_exercise,
    make_handout,
    make_program,
    make_routine,
)
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


# None of these says which save of a page its form was opened on. ``None``: the field is not sent.
UNSAID = [None, "", "0", "x", "-1", "²", "7777", "9" * 40]
KINDS = {
    "article": make_draft,
    "exercise": make_exercise,
    "routine": make_routine,
    "handout": lambda: make_handout(make_exercise()),
}


def without_seen(form, said):
    rest = {name: value for name, value in form.items() if name != "seen"}
    return rest if said is None else rest | {"seen": said}


@pytest.mark.parametrize("said", UNSAID)
@pytest.mark.parametrize("kind", KINDS)
def test_a_form_that_does_not_say_what_was_seen_of_a_page_overwrites_nothing(
    bob, kind, said
):
    page = KINDS[kind]()
    url, name = admin_url(page), "note" if kind == "handout" else "title"
    before = getattr(page, name)
    form = filled(bob.get(url)) | {name: "By Bob"}

    told = bob.post(url, without_seen(form, said))

    page.refresh_from_db()
    assert (told.status_code, getattr(page, name)) == (200, before)
    assert "Yours is not saved yet." in told.text
    assert told.context["adminform"].form[name].value() == "By Bob"


@pytest.mark.parametrize("make", [make_draft, make_exercise, make_routine])
def test_who_is_told_that_it_is_not_known_may_save_over_it_all_the_same(bob, make):
    page = make()
    url = admin_url(page)
    form = without_seen(filled(bob.get(url)) | {"title": "By Bob"}, None)
    told = bob.post(url, form)

    assert "It is not known what you saw of this" in told.text
    assert "does not say which save of this" in told.text
    assert "you had opened it" not in told.text
    bob.post(url, form)
    page.refresh_from_db()
    assert page.title != "By Bob"
    bob.post(url, form | {"_overwrite": page.revision})
    page.refresh_from_db()
    assert page.title == "By Bob"


@pytest.mark.parametrize("said", UNSAID)
def test_a_plan_that_does_not_say_what_was_seen_of_a_page_plans_nothing(bob, said):
    page = make_draft()
    url = admin_url(type(page), "schedule", page.pk)
    typed = {"goes_live_at": "2090-07-02T09:00", "note": "By Bob"}

    told = bob.post(url, without_seen(typed, said))

    page.refresh_from_db()
    assert (told.status_code, page.scheduled_version) == (200, None)
    assert "Nothing is planned yet." in told.text
    assert "does not say which save of this article" in told.text
    assert 'value="By Bob"' in told.text
    again = typed | {"seen": told.context["form"].seen}
    assert bob.post(url, again).status_code == 302


@pytest.mark.parametrize("make", [make_draft, make_exercise, make_program])
def test_what_somebody_changed_meanwhile_is_not_deleted_unseen(staff_client, make):
    row = make(published_at=None)
    url = admin_url(row, "delete")
    asked = staff_client.get(url)
    [seen] = re.findall(r'name="seen_state" value="(\w+)"', asked.text)
    type(row).objects.update(title="Others' words")

    told = staff_client.post(url, {"post": "yes", "seen_state": seen}, follow=True)

    assert "Look at it as it is now" in told.text
    assert type(row).objects.filter(pk=row.pk).exists()
    [seen] = re.findall(r'name="seen_state" value="(\w+)"', told.text)
    staff_client.post(url, {"post": "yes", "seen_state": seen})
    assert not type(row).objects.filter(pk=row.pk).exists()


def changed_since(row):
    """Somebody else's save of one of its texts, numbers or moments."""
    fields = [each for each in row._meta.fields if not (each.primary_key or each.choices)]  # fmt: skip
    for kind, now in OTHERS:
        for field in fields:
            if isinstance(field, kind) and getattr(row, field.attname) != now:
                type(row)._base_manager.filter(pk=row.pk).update(**{field.name: now})
                return
    raise AssertionError(f"{row._meta.label} has nothing that can be changed")


OTHERS = [
    (models.EmailField, "theirs@example.com"),
    (models.CharField | models.TextField, "theirs"),
    (models.DateField, date(2090, 1, 1)),
    (models.IntegerField, 3),
]


def delete_chosen(client, row, **sent):
    chosen = {"action": "delete_selected", "_selected_action": row.pk}
    return client.post(admin_url(type(row), "changelist"), chosen | sent)


def seen_in(page):
    return re.findall(r'name="seen_state" value="(\w+)"', page.text)


def test_of_rows_that_are_chosen_in_a_list_none_that_changed_is_deleted_unseen(
    staff_client,
):
    deleted = set()
    for model in MODELS:
        row, label = row_of(model), model._meta.label
        asked = delete_chosen(staff_client, row)
        if not seen_in(asked):
            continue  # nobody may delete it, or what hangs on it stays
        [seen] = seen_in(asked)
        changed_since(row)

        told = delete_chosen(staff_client, row, post="yes", seen_state=seen)

        assert "Look at it as it is now" in told.text, label
        assert model._base_manager.filter(pk=row.pk).exists(), label
        [seen] = seen_in(told)
        done = delete_chosen(staff_client, row, post="yes", seen_state=seen)
        assert done.status_code == 302, label
        assert not model._base_manager.filter(pk=row.pk).exists(), label
        deleted.add(label)
    named = {"articles.PlainWord", "bookings.WeeklyHours", "bookings.Closure", "clinic.Program"}  # fmt: skip
    assert named <= deleted


def test_what_did_not_change_since_the_question_is_deleted_at_once(staff_client):
    rows = [make_draft(), make_draft()]
    keys = {"_selected_action": [row.pk for row in rows]}
    [seen] = seen_in(delete_chosen(staff_client, rows[0], **keys))

    delete_chosen(staff_client, rows[0], **keys, post="yes", seen_state=seen)

    assert not type(rows[0]).objects.filter(pk__in=keys["_selected_action"]).exists()
