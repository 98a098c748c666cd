"""A long form of the admin that comes back leads to each mistake in it."""

import re

import pytest

from kneecare.clinic.models import Clinician
from tests.admin_forms import filled
from tests.exercises.test_admin import exercise_form
from tests.factories import make_clinician, make_exercise

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clinic")]


def links_to_mistakes(response):
    listed = re.search(r'<ul class="mistakes">.*?</ul>', response.text, re.DOTALL)[0]
    return re.findall(r'<a href="#([\w-]+)">([^<]+)</a>: ([^<]+)<', listed)


def test_each_mistake_is_named_with_a_link_to_its_field(staff_client):
    exercise = make_exercise(dose={"sets": 2, "reps": 8})
    sent = exercise_form(exercise) | {"title": "", "stated_dose-0-sets": "0"}

    response = staff_client.post(f"/admin/exercises/exercise/{exercise.pk}/change/", sent)  # fmt: skip

    found = {label: (to, words) for to, label, words in links_to_mistakes(response)}
    assert found["Title"] == ("id_title", "This field is required.")
    assert found["Dose, sets"][0] == "id_stated_dose-0-sets"
    for to, _ in found.values():
        assert f'id="{to}"' in response.text


def test_a_clinician_who_adds_a_page_is_its_author(client, staff, staff_client):
    own = Clinician.objects.create(name="Nora", slug="nora", account=staff)

    form = staff_client.get("/admin/exercises/exercise/add/")

    assert form.context["adminform"].form.initial["author"] == own.pk


def test_a_new_page_can_be_looked_at_with_its_first_save(staff_client):
    form = staff_client.get("/admin/exercises/routine/add/")
    assert 'name="_preview"' in form.text
    sent = filled(form) | {"title": "Mornings", "slug": "mornings", "_preview": "Save"}
    sent |= {"summary": "For mornings.", "author": make_clinician().pk}

    answer = staff_client.post("/admin/exercises/routine/add/", sent)

    assert answer.url == "/routines/mornings/preview/"
    assert staff_client.get(answer.url).status_code == 200


@pytest.mark.parametrize(
    "kind", ["exercises/tag", "exercises/handout", "articles/topic"]
)
def test_what_has_no_preview_offers_none(staff_client, kind):
    form = staff_client.get(f"/admin/{kind}/add/")

    assert form.status_code == 200
    assert 'name="_preview"' not in form.text
