"""Tries at the same moment: counted together, whichever process makes them. Threads here have connections of their own."""

import threading
from collections import Counter

import pytest
from django.db import connection

from kneecare.accounts import throttle
from kneecare.accounts.models import SignInThrottle
from tests.accounts.test_throttle import from_network_request

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(calls):
    barrier = threading.Barrier(len(calls))
    outcomes = []

    def run(call):
        try:
            connection.ensure_connection()
            barrier.wait(timeout=30)
            call()
            outcomes.append("tried")
        except throttle.TooManyTries:
            outcomes.append("held back")
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[call]) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Counter(outcomes)


def test_of_many_guesses_at_once_no_more_are_tried_than_one_after_the_other():
    def guess_from(number):
        request = from_network_request(f"198.51.100.{number}")
        return lambda: throttle.begin(request, "admin")

    found = at_once([guess_from(number) for number in range(20)])

    assert found == {"tried": 5, "held back": 15}
    assert SignInThrottle.objects.filter(failures=5).count() == 1
