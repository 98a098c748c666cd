"""The admin opens, everywhere, and wears the clinic's name."""

from html import unescape

import pytest
from django.contrib import admin
from django.urls import reverse

from kneecare.clinic.models import Clinic
from tests.rows import MODELS, row_of

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("first_content"),
    pytest.mark.same_on_any_database("pages as they are drawn"),
]
every_model = pytest.mark.parametrize(
    "model", MODELS, ids=lambda model: model._meta.label
)


def address(model, page, *args):
    return reverse(
        f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args
    )


@every_model
def test_each_list_opens_and_can_be_searched(staff_client, model):
    assert (
        staff_client.get(address(model, "changelist"), follow=True).status_code == 200
    )
    assert (
        staff_client.get(
            address(model, "changelist") + "?q=knee", follow=True
        ).status_code
        == 200
    )


@every_model
def test_each_add_page_opens_or_says_that_nothing_is_added_by_hand(
    staff_client, model, rf, staff
):
    request = rf.get("/")
    request.user = staff
    may_add = admin.site._registry[model].has_add_permission(request)

    assert staff_client.get(address(model, "add")).status_code == (
        200 if may_add else 403
    )


@every_model
def test_each_change_page_opens(staff_client, model):
    rows = {row_of(model), *model._base_manager.all()[:2]}

    for row in rows:
        response = staff_client.get(address(model, "change", row.pk))
        assert response.status_code == 200
        assert str(row)[:20] in unescape(response.text)


def test_the_admin_is_titled_for_the_clinic(staff_client):
    Clinic.objects.update(name="Knees of Sun City")

    html = staff_client.get(reverse("admin:index")).text

    assert "Knees of Sun City staff" in html
    assert "Django administration" not in html


def test_the_clinic_opens_straight_away_as_there_is_one(staff_client):
    response = staff_client.get(reverse("admin:clinic_clinic_changelist"))

    assert response.url == reverse("admin:clinic_clinic_change", args=[1])
    assert staff_client.get(reverse("admin:clinic_clinic_add")).status_code == 403


@pytest.mark.parametrize("page", ["index", "login"])
def test_the_admin_wears_the_clinics_colours_last_of_all_styles(client, staff, page):
    if page == "index":
        client.force_login(staff)

    html = client.get(reverse(f"admin:{page}")).text

    own = html.index("/static/css/admin/theme.css")
    assert html.index("admin/css/base.css") < html.index("/static/css/tokens.css") < own
