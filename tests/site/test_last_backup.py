"""How old the last backup is: for the owner on the front page, and for who watches ``/readyz``."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone

from kneecare.core.models import ClockCheck
from tests.factories import make_clinic

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
STOPPED = "Backups have stopped, or never began."


@pytest.fixture(autouse=True)
def site(worker_at_work):
    return make_clinic()


def backed_up(ago):
    ClockCheck.objects.update(backed_up_at=timezone.now() - ago if ago else None)


AGES = [
    (HOUR / 2, "last backup is 0 hours old", False),
    (HOUR, "last backup is 1 hour old", False),
    (5 * HOUR, "last backup is 5 hours old", False),
    (DAY, "last backup is 1 day old", False),
    (2 * DAY - HOUR, "last backup is 1 day old", False),
    (2 * DAY + HOUR, "last backup is 2 days old", True),
    (40 * DAY, "last backup is 40 days old", True),
    (-HOUR, "last backup is 0 hours old", False),
    (None, "here was never a backup", True),
]


@pytest.mark.parametrize(("ago", "words", "is_overdue"), AGES)
def test_the_owner_reads_how_old_it_is_and_is_warned_of_one_that_is_too_old(
    staff_client, ago, words, is_overdue
):
    backed_up(ago)

    page = staff_client.get("/admin/").text

    assert words in page
    assert (STOPPED in page) == is_overdue


@pytest.mark.parametrize(("ago", "words", "is_overdue"), AGES)
def test_ready_says_how_old_it_is_and_warns_and_stays_ready(
    client, ago, words, is_overdue
):
    backed_up(ago)

    response = client.get("/readyz")

    first, second = response.text.splitlines()
    assert (response.status_code, first) == (200, "ready")
    assert words in second
    assert second.startswith("WARNING: ") == is_overdue


@pytest.mark.parametrize(("days", "is_overdue"), [(3, True), (5, False)])
def test_how_old_is_too_old_is_a_setting(
    staff_client, settings, client, days, is_overdue
):
    settings.BACKUP_DAYS = days
    backed_up(4 * DAY)

    assert (STOPPED in staff_client.get("/admin/").text) == is_overdue
    assert ("WARNING" in client.get("/readyz").text) == is_overdue


def test_nobody_but_the_owner_is_told(client, django_user_model):
    desk = django_user_model.objects.create_user("desk", is_staff=True)
    desk.groups.set(Group.objects.filter(name__in=["Front desk", "Editors"]))
    client.force_login(desk)
    backed_up(None)

    page = client.get("/admin/")

    assert page.status_code == 200
    assert "backup" not in page.text.lower()
