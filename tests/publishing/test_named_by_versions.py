"""A topic or a tag that a version names cannot be deleted, by whatever way; one that none names can."""

import pytest
from django.db import transaction
from django.db.models import ProtectedError

from tests.factories import make_article, make_exercise, make_tag, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["topic", "tag"])
def named(request):
    if request.param == "topic":
        topic = make_topic()
        return topic, make_article(topics=[topic])
    tag = make_tag()
    return tag, make_exercise(tags=[tag])


def test_no_code_deletes_it(named):
    row, page = named

    with pytest.raises(ProtectedError), transaction.atomic():
        row.delete()
    with pytest.raises(ProtectedError), transaction.atomic():
        type(row).objects.all().delete()

    assert page.versions.count() == row.versions.count() == 1


def test_staff_are_told_which_page_and_what_to_do_instead(named, staff_client):
    row, page = named
    options = row._meta
    path = f"/admin/{options.app_label}/{options.model_name}/"

    asked = staff_client.get(f"{path}{row.pk}/delete/")
    staff_client.post(f"{path}{row.pk}/delete/", {"post": "yes"})
    staff_client.post(path, {"action": "delete_selected", "_selected_action": row.pk, "post": "yes"})  # fmt: skip

    assert page.title in asked.text
    assert "Give it another name instead" in asked.text
    assert type(row).objects.filter(pk=row.pk).exists()


def test_what_no_version_names_can_go(staff_client):
    tag = make_tag()

    staff_client.post(f"/admin/exercises/tag/{tag.pk}/delete/", {"post": "yes"})

    assert not type(tag).objects.filter(pk=tag.pk).exists()
