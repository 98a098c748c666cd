"""Guessing: how many tries there are, for whom, and that the real person still comes in."""

from datetime import timedelta
from itertools import cycle, islice

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone

from kneecare.accounts import throttle
from kneecare.accounts.devices import LAST
from kneecare.accounts.models import SignInThrottle
from tests.accounts.signing_in import PASSWORD, from_network, is_signed_in, sign_in

pytestmark = pytest.mark.django_db
START = timezone.now().replace(microsecond=0)


def was_tried(response):
    """Whether the password was compared at all."""
    assert response.status_code in (200, 302)
    return "too many tries" not in response.text


def known_client(username="admin"):
    """A browser that ``username`` has signed in from before."""
    client = Client(REMOTE_ADDR="203.0.113.7")
    assert sign_in(client, username).status_code == 302
    client.post("/admin/logout/")
    return client


def test_the_fifth_wrong_guess_is_the_last_without_a_wait_which_then_doubles(staff):
    waits = [throttle.wait_after("account", n).total_seconds() for n in range(1, 14)]

    assert waits == [0, 0, 0, 0, 15, 30, 60, 120, 240, 480, 900, 900, 900]


def test_a_right_password_does_not_count_while_there_is_a_wait(client, staff):
    with time_machine.travel(START, tick=False) as clock:
        assert [was_tried(sign_in(client, password="wrong")) for _ in range(6)] == [True] * 5 + [False]  # fmt: skip
        assert not was_tried(sign_in(client))
        assert not is_signed_in(client)

        clock.shift(timedelta(seconds=16))
        assert sign_in(client).status_code == 302


def test_a_sign_in_gives_all_tries_back(client, staff):
    for _ in range(2):
        client.cookies.clear()
        assert [was_tried(sign_in(client, password="wrong")) for _ in range(4)] == [True] * 4  # fmt: skip
        assert sign_in(client).status_code == 302


def test_asking_again_while_there_is_a_wait_does_not_make_it_longer(client, staff):
    with time_machine.travel(START, tick=False) as clock:
        for _ in range(40):
            sign_in(client, password="wrong")
        clock.shift(timedelta(seconds=16))

        assert sign_in(client).status_code == 302


def test_the_wait_is_told_in_words_and_the_name_is_kept(client, staff):
    for _ in range(5):
        sign_in(client, password="wrong")

    html = sign_in(client).text

    assert "Wait 15 seconds, then try again." in html
    assert 'value="admin"' in html


def test_a_name_that_nobody_has_has_to_wait_as_well(client, staff):
    tried = [was_tried(sign_in(client, "nobody", "wrong")) for _ in range(6)]

    assert tried == [True] * 5 + [False]


def test_letters_of_another_case_are_guesses_at_the_same_account(client, staff):
    for name in ["admin", "Admin", "ADMIN", " admin", "aDmin"]:
        sign_in(client, name, "wrong")

    assert not was_tried(sign_in(client))


def test_who_is_kept_waiting_elsewhere_signs_in_at_once_on_their_own_device(staff):
    real = known_client()
    for number in range(60):
        sign_in(from_network(number), password="wrong")
    assert not was_tried(sign_in(from_network(99)))

    assert sign_in(real).status_code == 302


def test_a_device_is_counted_too(staff):
    real = known_client()

    tried = [was_tried(sign_in(real, password="wrong")) for _ in range(6)]

    assert tried == [True] * 5 + [False]


def test_the_mark_of_a_device_is_worth_nothing_for_another_account(
    staff, django_user_model
):
    django_user_model.objects.create_user("eve", password=PASSWORD, is_staff=True)
    eve = known_client("eve")
    for number in range(60):
        sign_in(from_network(number), password="wrong")
    [(name, cookie)] = [(n, c.value) for n, c in eve.cookies.items() if n.startswith("device-") and n != LAST]  # fmt: skip

    eve.cookies[throttle_cookie("admin")] = cookie

    assert name != throttle_cookie("admin")
    assert not was_tried(sign_in(eve))


def throttle_cookie(username):
    return throttle.known_device.__globals__["cookie_name"](username)


def test_a_forged_mark_of_a_device_is_none(client, staff):
    client.cookies[throttle_cookie("admin")] = f"{throttle_cookie('admin')}-x:1:forged"
    for number in range(60):
        sign_in(from_network(number), password="wrong")

    assert not was_tried(sign_in(client))


def test_a_network_that_guesses_at_many_accounts_is_stopped_and_the_clinics_own_devices_are_not(
    staff,
):
    real = known_client()
    guesser = Client(REMOTE_ADDR="203.0.113.7")

    tried = [was_tried(sign_in(guesser, f"name{n}", "wrong")) for n in range(30)]

    assert tried == [True] * 20 + [False] * 10
    assert sign_in(real).status_code == 302


def test_people_who_share_a_network_and_are_right_stop_nobody(django_user_model):
    for number in range(30):
        django_user_model.objects.create_user(f"p{number}", password=PASSWORD, is_staff=True)  # fmt: skip

    assert {sign_in(Client(), f"p{n}").status_code for n in range(30)} == {302}


def test_ten_thousand_guesses_at_many_accounts_from_many_networks_get_the_documented_number_of_tries(
    django_user_model, settings, monkeypatch
):
    """The throttle itself, asked over an hour: 50 accounts, 500 networks, a guess each third of a second."""
    names = [f"person{n}" for n in range(50)]
    tried = dict.fromkeys(names, 0)
    networks = [f"198.51.{n // 256}.{n % 256}" for n in range(500)]
    with time_machine.travel(START, tick=False) as clock:
        for number, name in enumerate(islice(cycle(names), 10_000)):
            request = from_network_request(networks[number % 500])
            try:
                throttle.begin(request, name)
                tried[name] += 1
            except throttle.TooManyTries:
                pass
            clock.shift(timedelta(seconds=0.36))

    # Five, six more while the wait grows to a quarter of an hour, and then one each quarter of an hour.
    assert max(tried.values()) <= 14
    assert min(tried.values()) >= 11


def from_network_request(ip):
    class Request:
        META = {"REMOTE_ADDR": ip}
        COOKIES: dict = {}
        headers: dict = {}

    return Request()


def test_after_a_day_without_a_failure_all_tries_are_there_again(client, staff):
    with time_machine.travel(START, tick=False) as clock:
        for _ in range(6):
            sign_in(client, password="wrong")
        clock.shift(timedelta(hours=24, seconds=1))

        assert [was_tried(sign_in(client, password="wrong")) for _ in range(6)] == [True] * 5 + [False]  # fmt: skip


def test_what_no_longer_counts_is_deleted(client, staff):
    with time_machine.travel(START, tick=False) as clock:
        sign_in(client, "old", "wrong")
        clock.shift(timedelta(hours=23))
        sign_in(client, "new", "wrong")
        clock.shift(timedelta(hours=2))
        throttle.forget_old()

    # The network of both is still counted.
    assert SignInThrottle.objects.count() == 2


def test_a_wait_of_a_clock_that_was_wrong_keeps_nobody_out(client, staff):
    with time_machine.travel(START + timedelta(days=400), tick=False):
        for _ in range(6):
            sign_in(client, password="wrong")

    assert sign_in(client).status_code == 302


def test_the_throttle_counts_without_a_cache(client, staff, settings):
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
    }

    tried = [was_tried(sign_in(client, password="wrong")) for _ in range(6)]

    assert tried == [True] * 5 + [False]
    assert get_user_model().objects.count() == 1
