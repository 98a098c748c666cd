"""Guessing at passwords, against four web processes that share a database and have no cache: Redis is away."""

import os
import subprocess
import sys
import time
from collections import Counter
from http.cookies import SimpleCookie
from itertools import count

import pytest

from kneecare.accounts.throttle import FREE, wait_after
from tests.faults.visitors import each_in_a_thread, request, visitor_address
from tests.serving import ROOT, answer, free_port, wait_until

GUESSES = 10_000 if os.environ.get("KNEECARE_NIGHTLY") else 300
ACCOUNTS = 10
NETWORKS = 200
AT_ONCE = 8
NOBODY_LISTENS = "redis://127.0.0.1:1/0"
TOKEN = "t" * 32
PASSWORD = "a-password-for-tests"


@pytest.fixture
def four_processes(database):
    """The port of the site, served by four processes."""
    port = free_port()
    server = subprocess.Popen(
        [
            *[sys.executable, "-m", "gunicorn", "kneecare.wsgi", "--workers", "4"],
            *["--threads", "2", "--bind", f"127.0.0.1:{port}", "--no-control-socket"],
            *["--forwarder-headers", "", "--log-level", "critical"],
        ],
        cwd=ROOT,
        env=database.environment()
        | {"SITE_URL": f"http://127.0.0.1:{port}", "CACHE_URL": NOBODY_LISTENS},
        stderr=subprocess.DEVNULL,
    )
    try:
        # No worker runs beside them, so that /readyz would not say yes.
        wait_until(lambda: (answer(port, "/healthz") or [0])[0] == 200)
        yield port
    finally:
        server.terminate()
        server.wait(30)


class Guesser:
    def __init__(self, port):
        self.port = port
        self.numbers = count()

    def sign_in(self, name, password, address, cookies=""):
        fields = f"csrfmiddlewaretoken={TOKEN}&username={name}&password={password}"
        return request(
            *[self.port, "POST", "/admin/login/", fields],
            address=address,
            cookies=f"csrftoken={TOKEN}; {cookies}",
        )

    def guess(self, number):
        name = "admin" if number % ACCOUNTS == 0 else f"person{number % ACCOUNTS}"
        address = visitor_address(700_000 + 256 * (number % NETWORKS))
        answer = self.sign_in(name, "wrong", address)
        assert answer.status == 200
        return name if "too many tries" not in answer.text else None


def cookies_of(answer):
    """The cookies that came with ``answer``, as they are sent back."""
    jar = SimpleCookie()
    for line in answer.cookies:
        jar.load(line)
    del jar["csrftoken"]  # the guesser's own is sent
    return "; ".join(f"{name}={each.value}" for name, each in jar.items())


def most_tries(seconds):
    """How many guesses at one account are compared in that time, as documented."""
    tries, waited = FREE["account"], 0
    while waited <= seconds:
        waited += wait_after("account", tries).total_seconds()
        tries += 1
    return tries


def test_guesses_spread_over_four_processes_accounts_and_networks_get_the_documented_tries_and_the_real_person_none_less(
    four_processes, report
):
    guesser = Guesser(four_processes)
    home = visitor_address(900_000)
    first = guesser.sign_in("admin", PASSWORD, home)
    assert first.status == 302
    device = cookies_of(first)
    began = time.monotonic()

    def guess_on(start):
        return [guesser.guess(n) for n in range(start, GUESSES, AT_ONCE)]

    compared = Counter(
        name
        for names in each_in_a_thread(guess_on, range(AT_ONCE))
        for name in names
        if name
    )
    seconds = time.monotonic() - began

    report(f"{GUESSES} guesses in {seconds:.0f} s: {sorted(compared.values())} tried")
    assert len(compared) == ACCOUNTS
    assert max(compared.values()) <= most_tries(seconds)
    assert guesser.sign_in("admin", PASSWORD, home, device).status == 302
