"""Every page of the admin is on the clinic's clock, Django's own forms and lists too."""

import re
from datetime import UTC, datetime

import pytest

from kneecare.clinic.models import Program
from tests.admin_forms import filled
from tests.factories import make_clinic, make_program, make_slot

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def phoenix():
    return make_clinic(time_zone="America/Phoenix")


def test_a_time_in_a_stock_form_is_the_clinics(staff_client):
    moment = datetime(2026, 7, 1, 16, 30, tzinfo=UTC)
    program = make_program(published_at=moment)
    url = f"/admin/clinic/program/{program.pk}/change/"

    page = staff_client.get(url)
    form = filled(page)
    del form["published_at"]
    form |= {"published_at_0": "2026-07-01", "published_at_1": "10:00:00"}
    staff_client.post(url, form)

    assert 'name="published_at_1" value="09:30:00"' in page.text
    assert Program.objects.get().published_at == datetime(2026, 7, 1, 17, tzinfo=UTC)


def test_an_evening_stands_on_its_own_day_in_a_list_by_days(staff_client):
    make_slot(starts_at=datetime(2099, 7, 2, 3, tzinfo=UTC))  # the evening of July 1
    make_slot(starts_at=datetime(2099, 7, 9, 18, tzinfo=UTC))

    query = "?starts_at__year=2099&starts_at__month=7"
    page = staff_client.get(f"/admin/bookings/slot/{query}").text

    assert re.findall(r"starts_at__day=(\d+)", page) == ["1", "9"]
