"""A form of the admin with more than it can hold is told so on a page that has every typed word."""

import re

import pytest

from articles.models import TextBlock
from kneecare.core.admin.formset_limits import MOST_ROWS
from kneecare.core.admin.urls import admin_url
from tests.admin_forms import filled
from tests.factories import make_draft, make_exercise, make_routine

pytestmark = pytest.mark.django_db
LONG = "9" * 25


def with_blocks(client, article, count):
    """What a browser sends of an article to which ``count`` texts were added."""
    prefix = "articles_textblock_set"
    form = filled(client.get(admin_url(article)))
    first = int(form[f"{prefix}-TOTAL_FORMS"])
    for number in range(first, first + count):
        row = {"id": "", "parent": article.pk, "region": "main", "ordering": 20 + number}  # fmt: skip
        row |= {"html": f"<p>Typed {number}.</p>", "note": "", "extra": "x"}
        form |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return form | {f"{prefix}-TOTAL_FORMS": first + count, "title": "By me"}


@pytest.mark.parametrize("count", [MOST_ROWS, 1_000, 1_600])
def test_a_form_with_too_many_blocks_comes_back_in_words(staff_client, count):
    article = make_draft()

    told = staff_client.post(
        admin_url(article), with_blocks(staff_client, article, count)
    )

    assert told.status_code == 400
    assert "This form has too many rows" in told.text
    assert f"A form holds {MOST_ROWS} rows or blocks at the most" in told.text
    # With those that are empty.
    said = re.search(r"This one has ([\d,]+)\.", told.text)[1]
    assert count < int(said.replace(",", "")) < count + 50
    for typed in ["By me", "Typed 1.", f"Typed {count}."]:
        assert typed in told.context["typed"]
    assert "csrf" not in told.context["typed"]
    assert TextBlock.objects.count() == 1


def test_a_page_of_more_rows_than_it_sends_is_told_so_and_keeps_what_was_typed(
    staff_client,
):
    routine = make_routine(make_exercise())
    form = filled(staff_client.get(admin_url(routine))) | {"title": "By me"}

    told = staff_client.post(admin_url(routine), form | {"items-TOTAL_FORMS": "999"})

    assert "This form has too many rows" in told.text
    assert "By me" in told.context["typed"]


@pytest.mark.parametrize("make", [make_draft, make_exercise, make_routine])
def test_a_number_that_nothing_can_hold_is_named_and_all_that_was_typed_comes_back(
    staff_client, make
):
    page = make()
    form = filled(staff_client.get(admin_url(page))) | {"title": "By me"}

    told = staff_client.post(admin_url(page), form | {"author": LONG})

    form = told.context["adminform"].form
    assert "author" in form.errors
    assert form["title"].value() == "By me"
    page.refresh_from_db()
    assert page.title != "By me"


def test_a_number_of_25_digits_in_a_field_for_numbers_is_told_beside_it(staff_client):
    exercise = make_exercise()
    form = filled(staff_client.get(admin_url(exercise))) | {"title": "By me"}

    told = staff_client.post(admin_url(exercise), form | {"level": LONG})

    assert told.status_code == 200
    assert "level" in told.context["adminform"].form.errors
    assert told.context["adminform"].form["title"].value() == "By me"


def test_no_password_comes_back(staff_client, staff):
    sent = {"password1": "a-secret-word", "form-TOTAL_FORMS": "9999", "username": "me"}

    told = staff_client.post("/admin/auth/user/add/", sent)

    assert told.status_code == 400
    assert "a-secret-word" not in told.text
