"""Whose rights an owner may change, and whose sessions end with them."""

import pytest
from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from kneecare.core.admin.urls import admin_url
from tests.accounts.signing_in import is_signed_in, sign_in
from tests.admin_forms import filled

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("nobody_guessed"),
    pytest.mark.same_on_any_database("forms of the admin, and sessions"),
]


@pytest.fixture
def person(django_user_model):
    def person(name, group):
        user = django_user_model.objects.create_user(
            name,
            email=f"{name}@example.com",
            password="a-password-for-tests",
            is_staff=True,
        )
        user.groups.set(Group.objects.filter(name=group))
        return user

    return person


@pytest.fixture
def owner(person):
    return person("olga", "Owners")


def save(client, user, **typed):
    url = admin_url(user)
    return client.post(url, filled(client.get(url)) | typed, follow=True)


def test_an_owner_makes_nobody_the_one_who_may_do_everything(client, owner):
    client.force_login(owner)

    save(client, owner, is_superuser="on", user_permissions=["1", "2"])

    owner.refresh_from_db()
    assert not owner.is_superuser
    assert not owner.user_permissions.exists()


def test_an_owner_does_not_change_the_account_that_may_do_everything(
    client, owner, staff
):
    client.force_login(owner)
    typed = {"username": "admin", "email": "olga@elsewhere.example"}

    answer = client.post(admin_url(staff), typed)

    staff.refresh_from_db()
    assert answer.status_code == 403
    assert staff.email != "olga@elsewhere.example"


@pytest.mark.parametrize("action", ["send_link", "remove_second_step"])
def test_nor_by_an_action_on_the_list(client, owner, staff, action, mailoutbox):
    type(staff).objects.filter(pk=staff.pk).update(email="admin@example.com")
    client.force_login(owner)
    chosen = {"action": action, "_selected_action": [staff.pk], "is_sure": "yes"}

    client.post("/admin/auth/user/", chosen)

    assert not staff.account_mails.exists()


def test_the_sessions_of_who_may_sign_in_no_more_end_for_good(
    staff_client, person, django_user_model
):
    desk, theirs = person("fran", "Front desk"), Client()
    sign_in(theirs, "fran")
    assert is_signed_in(theirs)

    save(staff_client, desk, is_active="")
    django_user_model.objects.filter(pk=desk.pk).update(is_active=True)

    assert not is_signed_in(theirs)


def test_who_has_done_something_here_is_not_deleted_with_the_lines_that_tell_of_it(
    staff_client, staff, person
):
    desk, idle = person("fran", "Front desk"), person("nobody", "Front desk")
    LogEntry.objects.create(user=desk, action_flag=ADDITION, object_repr="A slot")
    url = reverse("admin:auth_user_delete", args=[desk.pk])

    told = staff_client.get(url).text
    staff_client.post(url, {"post": "yes"})
    staff_client.post(
        reverse("admin:auth_user_delete", args=[idle.pk]), {"post": "yes"}
    )

    assert "Take away the tick at “Active” instead" in told
    assert LogEntry.objects.filter(user=desk).exists()
    assert not type(idle).objects.filter(pk=idle.pk).exists()
