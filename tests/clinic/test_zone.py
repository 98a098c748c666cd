import zoneinfo

import pytest

from kneecare.clinic.models import Clinic
from tests.factories import make_clinic

pytestmark = pytest.mark.django_db


def test_the_zone_alone_is_the_clinics():
    make_clinic(time_zone="America/New_York")

    assert Clinic.objects.current_zone() == zoneinfo.ZoneInfo("America/New_York")


def test_the_zone_alone_is_that_of_a_clinic_that_says_nothing_before_set_up():
    assert Clinic.objects.current_zone() == Clinic.objects.current().zone
