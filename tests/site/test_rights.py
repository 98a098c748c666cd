"""The owner's page of who may do what: read only, and true to what the permissions say."""

import re

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, Permission

from kneecare.core.text.html import plain_text
from tests.factories import (
    make_account,
    make_call_settings,
    make_clinic,
    make_clinician,
)

pytestmark = pytest.mark.django_db
RIGHTS = "/admin/rights/"


@pytest.fixture(autouse=True)
def clinic():
    make_call_settings()
    return make_clinic()


def rows(client):
    """What the page says of each subject, by the names of the groups."""
    html = client.get(RIGHTS).text
    table = html.partition("<caption>What each")[2].partition("</table>")[0]
    [names, *lines] = [
        [plain_text(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)]
        for row in re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)
    ]
    return {line[0]: dict(zip(names[1:], line[1:], strict=True)) for line in lines}


def test_it_knows_every_model_of_the_admin_and_every_group(staff_client):
    found = rows(staff_client)

    assert len(found) == len(admin.site._registry) + 1
    groups = set(Group.objects.values_list("name", flat=True))
    assert groups == {"Owners", "Editors", "Front desk", "Clinicians"}
    assert all(line.keys() == groups for line in found.values())


def test_it_says_in_plain_words_who_signs_and_who_sets_what(staff_client):
    found = rows(staff_client)

    signs = "Sign clinical reviews, doses and handouts, as oneself"
    assert found["Signatures"] == {
        "Owners": "Nothing",
        "Editors": "Nothing",
        "Front desk": "Nothing",
        "Clinicians": signs,
    }
    assert found["Call settings"]["Front desk"] == "See"
    assert found["Call settings"]["Owners"] == "See, change"
    # More than its forms can: the desk answers what it may not type into.
    answers = "See, enter and answer, export, erase"
    assert found["Requests"]["Front desk"] == answers
    assert found["Requests"]["Editors"] == "Nothing"
    assert found["Record of access"]["Owners"] == "See, export"
    assert found["Articles"]["Editors"] == "See, add, change, delete"
    assert found["Articles"]["Front desk"] == "Nothing"


def test_a_right_that_is_taken_from_a_group_is_gone_from_the_page(staff_client):
    group = Group.objects.get(name="Editors")
    group.permissions.remove(Permission.objects.get(codename="delete_article"))

    assert rows(staff_client)["Articles"]["Editors"] == "See, add, change"


def test_each_account_stands_there_with_whom_it_signs_as(
    staff_client, django_user_model
):
    make_account(make_clinician(name="Ana Ruiz"))
    left = make_clinician(name="Bob Left")
    make_account(left)
    left.archive(on="2026-01-05")
    eddie = django_user_model.objects.create_user("eddie", is_staff=True)
    eddie.user_permissions.add(Permission.objects.get(codename="view_booking"))

    text = plain_text(staff_client.get(RIGHTS).text)

    assert "Signs as Ana Ruiz." in text
    assert "Bob Left" not in text
    assert "admin may do everything. Signs for nobody." in text
    [line] = re.findall(r"eddie is of no group\..*?see\.", text)
    assert "Besides, may" in line


@pytest.mark.parametrize("group", ["Editors", "Front desk", "Clinicians"])
def test_it_is_the_owners_alone(client, django_user_model, group):
    user = django_user_model.objects.create_user("somebody", is_staff=True)
    user.groups.set(Group.objects.filter(name=group))
    client.force_login(user)

    assert client.get(RIGHTS).status_code == 403
    assert RIGHTS not in client.get("/admin/").text


def test_an_owner_reads_it_and_nothing_can_be_sent_to_it(client, django_user_model):
    user = django_user_model.objects.create_user("owner", is_staff=True)
    user.groups.set(Group.objects.filter(name="Owners"))
    client.force_login(user)

    assert RIGHTS in client.get("/admin/").text
    assert client.get(RIGHTS).status_code == 200
    assert client.post(RIGHTS).status_code == 405
