"""Tries at the same moment: counted together, whichever process makes them."""

import pytest

from kneecare.accounts import throttle
from kneecare.accounts.models import SignInThrottle
from tests.accounts.test_throttle import from_network_request
from tests.at_once import WINNER, at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_many_guesses_at_once_no_more_are_tried_than_one_after_the_other():
    def guess_from(number):
        request = from_network_request(f"198.51.100.{number}")
        return lambda: throttle.begin(request, "admin")

    found = at_once(*[guess_from(number) for number in range(20)])

    assert found == {WINNER: 5, throttle.TooManyTries: 15}
    assert SignInThrottle.objects.filter(failures=5).count() == 1
