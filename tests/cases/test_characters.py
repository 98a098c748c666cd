"""Characters that XML 1.0 forbids are dropped on the way into every form.

The forms are found by the admin's registry and the columns by the models', so that new ones are in it.
"""

import json
from types import SimpleNamespace

import pytest
from django import forms
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.forms import modelform_factory
from django.urls import reverse

from articles.models import Article, Topic
from bookings.models import Booking
from exercises.admin.exercises import ExerciseForm
from exercises.models import Exercise, Routine
from kneecare.clinic.models import Clinician, Program
from kneecare.core.admin.urls import admin_url
from kneecare.core.text.characters import FORBIDDEN
from kneecare.core.text.richtext import clean
from tests.admin_forms import filled
from tests.bookings.posting import ask_for, post
from tests.cases.filling import fill
from tests.cases.planting import free_columns
from tests.factories import make_slot

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
# A line break from PowerPoint, a stray control character, and two that are none at all.
PASTED = "Kn\x0bee\x1f\ufffe\uffff"
KEPT = "Kn ee"
TYPED_IN = (forms.TextInput, forms.Textarea)
SHAPED = (
    forms.EmailField,
    forms.URLField,
    forms.SlugField,
    forms.JSONField,
    forms.IntegerField,
)


def typed_with_pasted(response):
    """What a browser sends of a form of the admin after the characters were pasted into each text in it."""
    data, pasted = filled(response), []
    context = response.context
    formsets = [inline.formset for inline in context["inline_admin_formsets"]]
    for form in [context["adminform"].form, *(form for each in formsets for form in each.initial_forms)]:  # fmt: skip
        for bound in form:
            field = bound.field
            is_text = isinstance(field.widget, TYPED_IN) and isinstance(field, forms.CharField)  # fmt: skip
            if is_text and not isinstance(field, SHAPED) and bound.value():
                data[bound.html_name] = f"{PASTED}{bound.value()}"[: field.max_length]
                pasted.append(bound.html_name)
    return data, pasted


def stored():
    """Every text in every column that holds words."""
    for model, field in free_columns():
        for value in model._base_manager.values_list(field.name, flat=True):
            yield f"{model._meta.label}.{field.name}", json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else str(value)  # fmt: skip


def changes_of(model, request):
    options = admin.site._registry[model]
    if not options.has_change_permission(request):
        return []
    rows = model._base_manager.order_by("-pk")[:1]
    return [admin_url(row) for row in rows]


def test_no_form_of_the_admin_lets_them_in(first_content, client, rf):
    staff = get_user_model().objects.create_superuser("typist")
    fill(staff)
    client.force_login(staff)
    request = SimpleNamespace(user=staff, GET={}, POST={}, method="GET")
    sent = []
    for model in admin.site._registry:
        for url in changes_of(model, request):
            response = client.get(url)
            if response.context is None or "adminform" not in response.context:
                continue
            data, pasted = typed_with_pasted(response)
            assert client.post(url, data).status_code in (200, 302), url
            sent += pasted

    assert len(sent) > 40
    found = [where for where, words in stored() if FORBIDDEN.search(words)]
    assert found == []
    assert len([where for where, words in stored() if KEPT in words]) > 20


@pytest.mark.parametrize("field", ["name", "message"])
def test_no_form_of_a_visitor_lets_them_in(first_content, client, field):
    response = ask_for(client, make_slot(), **{field: f"{PASTED} hurts"})

    assert response.status_code == 303
    assert getattr(Booking.objects.get(), field) == f"{KEPT} hurts"


UNSEEN = ["\u200b", "\u3164\ufe0f", "\u2800 \u2060", "\u202e\u2066", "\x1f\u00ad"]


@pytest.mark.parametrize("nothing", UNSEEN, ids=ascii)
def test_no_form_of_the_admin_takes_what_shows_nothing_for_words(staff_client, nothing):  # fmt: skip
    """Of each kind of page: a title that nobody sees is no title."""
    for model in [Article, Clinician, Exercise, Program, Routine, Topic]:
        name = "title" if hasattr(model, "title") else "name"
        url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")

        sent = filled(staff_client.get(url)) | {name: nothing}
        answer = staff_client.post(url, sent)

        assert answer.status_code == 200, model
        wrong = answer.context["adminform"].form.errors
        assert wrong[name] == ["This field is required."], model


def test_a_nul_is_still_refused_beside_them(first_content, client):
    response = post(client, "/contact/", message=f"{PASTED}\x00")

    assert response.status_code == 422
    assert not Booking.objects.exists()


@pytest.mark.parametrize("reference", ["&#11;", "&#xB;", "&#x1F;", "&#xFFFE;", "&#xD800;"])  # fmt: skip
def test_formatted_text_that_spells_one_out_loses_it(reference):
    assert not FORBIDDEN.search(clean(f"<p>Kn{reference}ee</p>"))


@pytest.mark.parametrize("escape", ["\\u000b", "\\ufffe", "\\ud800"])
def test_a_drawing_whose_json_spells_one_out_loses_it(staff_client, escape, first_content):  # fmt: skip
    exercise = Exercise.objects.exclude(figure={}).first()
    url = admin_url(exercise)
    data = filled(staff_client.get(url))
    label = exercise.figure["poses"][0]["label"]
    data["figure"] = json.dumps(exercise.figure).replace(label, f"Up{escape}")

    response = staff_client.post(url, data)

    assert response.status_code == 302
    exercise.refresh_from_db()
    assert exercise.figure["poses"][0]["label"].strip() == "Up"


def test_a_drawing_that_is_refused_comes_back_though_it_spells_one_out():
    kind = modelform_factory(Exercise, ExerciseForm, fields=["figure"])
    form = kind({"figure": '{"view": "\\ud800"}'})

    assert not form.is_valid()

    assert str(form["figure"]).encode()
