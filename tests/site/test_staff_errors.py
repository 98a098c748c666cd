"""What staff are told where a page of theirs cannot be opened: in their own look, and what to do."""

import pytest
from django.contrib.auth.models import Group

from kneecare.core.admin.urls import admin_url
from kneecare.publishing.publish import publish
from tests.factories import make_clinic, make_exercise

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("nobody_guessed"),
    pytest.mark.same_on_any_database("pages as they are drawn"),
]


@pytest.fixture(autouse=True)
def clinic():
    return make_clinic(name="Knee Clinic", time_zone="America/Phoenix")


@pytest.fixture
def editor(client, django_user_model):
    user = django_user_model.objects.create_user("ed", is_staff=True)
    user.groups.set(Group.objects.filter(name="Editors"))
    client.force_login(user)
    return client


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("auth/user/", 403, "An owner of the site gives rights"),
        ("articles/article/4711/review/", 404, "Somebody may have removed it"),
        ("no-such-page/", 404, "Somebody may have removed it"),
        ("exercises/exercise/?title__regex=(", 400, "Go back and choose again"),
    ],
)
def test_staff_are_told_in_their_own_look_what_to_do(editor, path, status, words):
    told = editor.get(f"/admin/{path}")

    assert told.status_code == status
    assert words in told.text
    assert "Knee Clinic staff" in told.text
    assert 'href="/admin/"' in told.text


def test_a_visitor_who_tries_the_addresses_of_staff_gets_none_of_it(client):
    assert "staff" not in client.get("/admin/account/no-such-page/").text


def test_a_page_that_was_saved_since_it_was_published_says_so_in_its_list_and_form(
    staff_client,
):
    page = make_exercise(title="Bridge")
    urls = [admin_url(type(page), "changelist"), admin_url(page)]
    assert "since" not in staff_client.get(urls[0]).text.partition("Bridge")[2]

    page.count_save(by=None)
    page.save()
    in_list, in_form = [staff_client.get(url).text for url in urls]

    assert "1, changed since" in in_list
    assert "What was changed since waits here until it is published." in in_form
    publish(page, by=None)
    assert "changed since" not in staff_client.get(urls[0]).text
