"""A canary in the visitor's words, looked for in all that the real site writes and sends."""

import pickle
import re
import zlib

import pytest

from tests.faults.databases import manage
from tests.faults.visitors import form, request, send, show, visitor_address
from tests.serving import wait_until

CANARY = "canary-0e5f"
EMAIL = "keeper@example.com"
REFUSED = "refused-by-the-database@example.com"
FORGET = f"""
from datetime import timedelta
from django.utils import timezone
from bookings import services
from bookings.models import Booking
for booking in Booking.objects.filter(email="{EMAIL}"):
    services.cancel_by_visitor(booking)
Booking.objects.filter(email="{EMAIL}").update(decided_at=timezone.now() - timedelta(days=31))
"""


def title(answer):
    return re.search(r"<title>(.*?)</title>", answer.text, re.DOTALL).group(1)


def cached(site):
    """All that the site's cache holds, as text."""
    files = [path for path in site.cache.rglob("*") if path.is_file()]
    return [read_cached(path) for path in files]


def read_cached(path):
    with path.open("rb") as file:
        pickle.load(file)  # noqa: S301 - when it ends: written by our own process
        return zlib.decompress(file.read()).decode("latin-1")


@pytest.fixture
def broken_database(site):
    site.database.refuse_rows_of(REFUSED)
    yield
    site.database.refuse_nothing()


def test_words_appear_nowhere_but_on_the_visitors_own_form(site, broken_database):
    slot, other, third = site.database.free_slots(3)
    address = visitor_address(600_000)
    booked = send(site.port, form(slot, EMAIL, message=CANARY), address)
    lost = send(site.port, form(slot, "late@example.com", message=CANARY), address)
    failed = send(site.port, form(third, REFUSED, message=CANARY), address)
    wrong = send(site.port, form(other, "no address", message=CANARY), address)
    odd = request(site.port, "PUT", "/book/", f"message={CANARY}")
    own = show(site.port, booked.location)
    invite = show(site.port, f"{booked.location}invite.ics")
    site.send_at_once()
    wait_until(lambda: site.post.to(EMAIL))
    site.wait_for_all_mail()

    answers = [booked, lost, failed, wrong, odd, own, invite]
    assert [each.status for each in answers] == [303, 409, 500, 422, 405, 200, 200]
    assert CANARY in lost.text
    assert CANARY in wrong.text
    assert CANARY not in failed.text + odd.text + invite.text
    assert CANARY not in "".join(each.location for each in answers)
    assert CANARY not in "".join(title(each) for each in [lost, failed, wrong, own])
    assert [mail.to for mail in site.post.delivered if CANARY in mail.text] == []
    assert "IntegrityError" in site.log()
    assert CANARY not in site.log()
    assert [text for text in cached(site) if CANARY in text] == []
    # So that a search that finds nothing has looked into the right place.
    assert CANARY.encode() in site.database.everything()


def test_after_the_purge_nothing_of_the_words_is_left_in_the_database(site):
    words = " ".join(f"{CANARY}-{number}" for number in range(60))
    [slot] = site.database.free_slots(1)
    sent = send(site.port, form(slot, EMAIL, message=words), visitor_address(600_001))
    assert sent.status == 303
    assert CANARY.encode() in site.database.everything()

    manage(site.environment, "shell", "-c", FORGET)
    manage(site.environment, "worker", "--once")

    assert CANARY.encode() not in site.database.everything()
    assert EMAIL.encode() in site.database.everything()
