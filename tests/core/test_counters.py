import pytest
from django.core.cache import cache
from django.test import RequestFactory

from kneecare.core.counters import count_network_this_hour, count_this_hour


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()


def test_each_who_and_what_is_counted_apart_and_anew_each_hour(time_machine):
    time_machine.move_to("2026-11-26T10:59Z", tick=False)
    assert [count_this_hour("reads", "a") for _ in range(3)] == [1, 2, 3]
    assert count_this_hour("reads", "b") == count_this_hour("misses", "a") == 1

    time_machine.move_to("2026-11-26T11:00Z", tick=False)
    assert count_this_hour("reads", "a") == 1


def test_the_addresses_of_one_household_are_one_network_and_the_cache_holds_none():
    ips = ["2001:db8:0:1::1", "2001:db8:0:1::2", "2001:db8:0:2::1"]
    requests = [RequestFactory(REMOTE_ADDR=ip).get("/") for ip in ips]

    assert [count_network_this_hour("reads", each) for each in requests] == [1, 2, 1]
    assert not any("2001:db8" in key for key in cache._cache)
