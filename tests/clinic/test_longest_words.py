"""What staff write of the clinic goes to public pages: none of it can be without end."""

import pytest
from django.contrib import admin
from django.db import models

from kneecare.core.admin.urls import admin_url
from tests.admin_forms import filled
from tests.rows import row_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("first_content")]
WORDS = [
    (model, field.name)
    for model in admin.site._registry
    if model._meta.app_label == "clinic"
    for field in model._meta.fields
    if isinstance(field, models.TextField)
]
GENEROUS = {"privacy"}  # lawyers write those


def test_there_are_words_to_be_tried():
    names = {name for _, name in WORDS}
    assert names >= {"hours", "about", "education", "bio", "signs", "body"}


@pytest.mark.parametrize(("model", "name"), WORDS)
def test_a_text_without_end_is_refused_with_words_and_kept_in_the_form(
    staff_client, model, name
):
    row = row_of(model)
    before, url = getattr(row, name), admin_url(row)
    typed = "long " * (50_000 if name in GENEROUS else 5000)

    told = staff_client.post(url, filled(staff_client.get(url)) | {name: typed})

    assert told.status_code == 200
    form = told.context["adminform"].form
    assert "characters (it has" in form.errors[name][0]
    assert form[name].value() == typed
    row.refresh_from_db()
    assert getattr(row, name) == before
