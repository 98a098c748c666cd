"""Visitors of the real site: each with an address and a form of their own."""

import http.client
import threading
import time
from typing import NamedTuple
from urllib.parse import urlencode
from zlib import crc32

import time_machine

from bookings.forms.idempotency_key import make_idempotency_key

MINUTE = 60
LOST_LINE = (OSError, http.client.HTTPException)


class Answer(NamedTuple):
    status: int
    location: str
    text: str
    seconds: float
    cookies: list[str]


def form(slot, email, **fields):
    """The booking form as a visitor sends it a minute after it was shown. The key is made as the page makes it."""
    with time_machine.travel(time.time() - MINUTE):
        key = make_idempotency_key(consent_version=1)
    words = {
        "name": "Ada",
        "email": email,
        "phone": phone_of(email),
        "message": "It clicks on stairs.",
    }
    return {**words, "slot": slot, "consent": "on", "idempotency_key": key, **fields}


def phone_of(email):
    """Another number for everybody."""
    return f"602{2_000_000 + crc32(email.encode()) % 7_000_000}"


def request(port, method, path, body=None, *, address="", cookies="", timeout=60):
    headers = {"X-Forwarded-For": address, "Cookie": cookies}
    if body is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    began = time.monotonic()
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    try:
        line.request(method, path, body, headers)
        response = line.getresponse()
        text = response.read().decode()
    finally:
        line.close()
    seconds = time.monotonic() - began
    return Answer(
        status=response.status,
        location=response.getheader("Location", ""),
        text=text,
        seconds=seconds,
        cookies=response.headers.get_all("Set-Cookie", []),
    )


def send(port, fields, address, **options):
    return request(
        port, "POST", "/book/", urlencode(fields), address=address, **options
    )


def show(port, path):
    return request(port, "GET", path)


def send_until_answered(port, fields, address, patience=90):
    """What a visitor does whose line breaks: send the same form again. Also how often it broke."""
    until = time.monotonic() + patience
    broken = 0
    while time.monotonic() < until:
        try:
            return send(port, fields, address, timeout=20), broken
        except LOST_LINE:
            broken += 1
            time.sleep(0.2)
    raise AssertionError("The site did not come back.")


def visitor_address(number):
    return f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"


def each_in_a_thread(function, things, *, at_once=True):
    """The results of ``function`` for all ``things``, begun at one moment, in their order."""
    results = [None] * len(things)
    barrier = threading.Barrier(len(things) if at_once else 1)

    def run(number):
        barrier.wait(timeout=60)
        results[number] = function(things[number])

    threads = [threading.Thread(target=run, args=[n]) for n in range(len(things))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results
