"""No redirect of the admin hands out an address that whoever asks may not have."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.test import Client

from tests.cases.filling import fill

pytestmark = pytest.mark.django_db


@pytest.fixture
def filled(first_content, staff):
    fill(staff)
    return staff


def page_of(row):
    kind = ContentType.objects.get_for_model(row)
    return f"/admin/r/{kind.pk}/{row.pk}/"


def rows_with_a_page():
    for kind in ContentType.objects.all():
        model = kind.model_class()
        if model is not None and hasattr(model, "get_absolute_url"):
            yield from model._base_manager.all()[:2]


def signed_in(users, *groups):
    user = users.objects.create_user("member", is_staff=True)
    user.groups.set([Group.objects.get(name=name) for name in groups])
    client = Client()
    client.force_login(user)
    return client, user


def may_see(user, row):
    options = row._meta
    return user.has_perm(f"{options.app_label}.view_{options.model_name}")


def is_shown_on_the_site(row):
    options = admin.site._registry.get(type(row))
    return options is not None and options.view_on_site is not False


@pytest.mark.parametrize("role", [[], ["Editors"], ["Front desk"], ["Clinicians"]])
def test_view_on_site_leads_to_what_whoever_asks_may_see_alone(
    filled, django_user_model, role
):
    client, user = signed_in(django_user_model, *role)
    wrong = {}
    asked = list(rows_with_a_page())

    for row in asked:
        response = client.get(page_of(row))
        expected = 302 if may_see(user, row) else 403
        if not is_shown_on_the_site(row):
            expected = 404
        if response.status_code != expected:
            wrong[row] = (response.status_code, expected)

    assert len(asked) > 8
    assert wrong == {}


def test_nobody_is_led_to_a_private_handout(filled, client):
    client.force_login(filled)
    [handout] = [row for row in rows_with_a_page() if row._meta.model_name == "handout"]

    response = client.get(page_of(handout))

    assert response.status_code == 404
    assert handout.code not in response.text


@pytest.mark.parametrize("path", ["/admin/r/999999/1/", "/admin/r/1/x/", "/admin/r/1/999999999999999999999/"])  # fmt: skip
def test_a_junk_address_is_not_found(filled, client, path):
    client.force_login(filled)

    assert client.get(path).status_code == 404


def test_a_stranger_is_sent_to_sign_in(filled, client):
    row = next(rows_with_a_page())

    response = client.get(page_of(row))

    assert response.status_code == 302
    assert response["Location"].startswith("/admin/login/")
