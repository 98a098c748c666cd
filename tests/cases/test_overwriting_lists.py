"""Of two who edit the rows of one list in place, the second is told which row the first has saved, whichever list it is."""

import re

import pytest
from django.contrib import admin
from django.db import models

from articles.models import PlainWord
from kneecare.clinic.models import Program
from kneecare.core.admin.urls import admin_url
from tests.factories import make_clinician, make_program

pytestmark = pytest.mark.django_db
MAKERS = {
    "clinic.Clinician": lambda: make_clinician(),
    "clinic.Program": lambda: make_program(),
    "articles.PlainWord": lambda: PlainWord.objects.create(
        word=f"word {PlainWord.objects.count()}", plainer="plain"
    ),
}
EDITED = [model for model, options in admin.site._registry.items() if options.list_editable]  # fmt: skip
each_list = pytest.mark.parametrize("model", EDITED)


def sent(page):
    """What a browser sends of the list, before anybody has typed."""
    inputs = re.findall(r'<input type="(?:hidden|number|text)" name="(form-[^"]+)"(?: value="([^"]*)")?', page.text)  # fmt: skip
    return {**dict(inputs), "_save": "Save"}


def opened(client, model):
    return sent(client.get(admin_url(model, "changelist")))


def name_of_field(model, row, form):
    """Of the first field that is edited in the row, in what is sent."""
    (place,) = [
        name.split("-")[1]
        for name, value in form.items()
        if name.endswith("-id") and value == str(row.pk)
    ]
    field = model._meta.get_field(admin.site._registry[model].list_editable[0])
    return f"form-{place}-{field.name}", field


def values(field, *texts_or_numbers):
    numbers, texts = texts_or_numbers[::2], texts_or_numbers[1::2]
    return numbers if isinstance(field, models.IntegerField) else texts


@pytest.fixture
def rows(request):
    make = MAKERS[request.getfixturevalue("model")._meta.label]
    return [make(), make(), make()]


def stored(row, field):
    return getattr(type(row)._base_manager.get(pk=row.pk), field.name)


def save(client, model, form):
    return client.post(admin_url(model, "changelist"), form)


@each_list
def test_a_row_that_was_saved_meanwhile_is_named_and_not_overwritten_and_all_that_was_typed_is_kept(
    staff_client, model, rows
):
    form = opened(staff_client, model)
    (taken, field), (free, _) = [name_of_field(model, row, form) for row in rows[:2]]
    theirs, mine = values(field, 41, "theirs", 42, "mine")
    model._base_manager.filter(pk=rows[0].pk).update(**{field.name: theirs})

    told = save(staff_client, model, form | {taken: mine, free: mine})

    assert told.status_code == 200
    assert f"Somebody saved “{rows[0]}” after you had opened this list." in told.text
    assert f"“{theirs}”" in told.text
    assert f"Somebody saved “{rows[1]}”" not in told.text
    assert stored(rows[0], field) == theirs
    again = sent(told)
    assert (again[taken], again[free]) == (str(mine), str(mine))
    assert save(staff_client, model, again).status_code == 302
    assert [stored(row, field) for row in rows[:2]] == [mine, mine]


@each_list
def test_a_row_in_which_nothing_was_typed_stays_as_somebody_saved_it_meanwhile(
    staff_client, model, rows
):
    form = opened(staff_client, model)
    (_, field), (name, _) = [name_of_field(model, row, form) for row in rows[:2]]
    theirs, mine = values(field, 41, "theirs", 42, "mine")
    model._base_manager.filter(pk=rows[0].pk).update(**{field.name: theirs})

    answer = save(staff_client, model, form | {name: mine})

    assert answer.status_code == 302
    assert [stored(row, field) for row in rows[:2]] == [theirs, mine]


@each_list
@pytest.mark.parametrize("said", [None, "", "x", "9" * 40])
def test_a_list_that_does_not_say_what_was_seen_overwrites_no_row(
    staff_client, model, rows, said
):
    form = opened(staff_client, model)
    name, field = name_of_field(model, rows[0], form)
    (mine,) = values(field, 42, "mine")
    before = stored(rows[0], field)
    bare = {key: value for key, value in form.items() if not key.endswith("seen_state")}
    if said is not None:
        bare |= {key: said for key in form if key.endswith("seen_state")}

    told = save(staff_client, model, bare | {name: mine})

    assert told.status_code == 200
    assert stored(rows[0], field) == before


def test_each_row_stands_beside_its_own_number_when_the_order_has_changed(staff_client):
    rows = [make_program(title=title, position=10 * place) for place, title in enumerate("ABC")]  # fmt: skip
    form = opened(staff_client, Program)
    name, _ = name_of_field(Program, rows[0], form)
    Program.objects.filter(title="A").update(position=99)

    told = save(staff_client, Program, form | {name: "55"})

    table = told.text.partition("<tbody>")[2]
    found = re.findall(r'<th [^>]*class="field-title"[^>]*><a [^>]*>(\w)</a>.*?name="form-(\d)-position" value="(\d+)"', table, re.S)  # fmt: skip
    assert found == [("A", "0", "55"), ("B", "1", "10"), ("C", "2", "20")]


def test_a_row_that_was_deleted_meanwhile_is_told_of_and_the_others_are_saved(
    staff_client,
):
    rows = [make_program(title=title, position=10 * place) for place, title in enumerate("ABC")]  # fmt: skip
    form = opened(staff_client, Program)
    name, _ = name_of_field(Program, rows[2], form)
    rows[1].delete()

    url = admin_url(Program, "changelist")
    answer = staff_client.post(url, form | {name: "55"}, follow=True)

    assert "Somebody deleted 1 of these programs" in answer.text
    assert Program.objects.get(title="C").position == 55
