"""Whatever staff delete leaves a line in the record, that says who and what."""

import pytest
from django.contrib.auth.models import Group

from bookings.models import Closure
from kneecare.audit.models import AuditEvent
from kneecare.core.admin.urls import admin_url
from tests.rows import MODELS, row_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("first_content")]


def told():
    deleted = AuditEvent.objects.filter(kind="deleted")
    return list(deleted.values_list("account_name", "subject"))


@pytest.mark.parametrize("way", ["delete", "changelist"])
def test_whatever_is_deleted_is_told_by_its_kind_and_title(staff_client, way):
    for model in MODELS:
        row = row_of(model)
        expected = "admin", f"{model._meta.verbose_name}: {row}"
        chosen = {"action": "delete_selected", "_selected_action": row.pk}

        place = admin_url(row if way == "delete" else model, way)
        staff_client.post(place, {"post": "yes", **chosen})

        is_gone = not model._base_manager.filter(pk=row.pk).exists()
        assert (expected in told()) == is_gone, model

    kinds = {subject.split(":")[0] for _, subject in told()}
    named = {"closure or time off", "other calendar", "extra hours", "weekly hours"}
    assert named <= kinds


def test_the_desk_lifts_a_closure_in_its_own_name(client, django_user_model):
    dora = django_user_model.objects.create_user("dora", is_staff=True)
    dora.groups.add(Group.objects.get(name="Front desk"))
    client.force_login(dora)
    closure = row_of(Closure)

    client.post(admin_url(closure, "delete"), {"post": "yes"})

    assert told() == [("dora", f"closure or time off: {closure}")]
