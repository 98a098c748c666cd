"""The measuring of the front desk's queue that bin/bench.py starts, on the site that the environment names."""

import statistics
import time
from datetime import timedelta
from io import StringIO
from itertools import count, cycle

import django
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

django.setup()

from bench_measure import cost, queries  # noqa: E402
from django.contrib.auth import get_user_model  # noqa: E402

from bookings.admin.filters import TABS  # noqa: E402
from bookings.models import Booking, Slot  # noqa: E402
from bookings.states import State  # noqa: E402
from kneecare.clinic.models import Clinician  # noqa: E402

RUNS = 15
GOAL = 200  # milliseconds
REQUESTS = 100_000
TO_COME = 600  # calls: every third of them waits for an answer
CALLS, A_DAY = 80_000, 40
ENQUIRIES_OPEN = 200
AT_ONCE = 5_000
QUEUE = "/admin/bookings/booking/"
PAGES = [
    *(f"?when={tab.key}" for tab in TABS),
    "?when=past&p=1000",
    "?when=all&p=1000",
    "?state__exact=no_show",
    "?when=all&kind__exact=say_hi",
    "?when=all&source=articles",
    "?when=all&q=visitor-777",
    "?when=all&q=nobody",
]
PAST = cycle([State.COMPLETED] * 7 + [State.NO_SHOW, State.CANCELLED_BY_VISITOR])
REFERRERS = cycle(["", "/", "/articles/knee-pain-why-it-matters/", "/exercises/"])
numbers = count()


def main():
    call_command("prepare", stdout=StringIO())
    add_calls(Clinician.objects.first())
    add_enquiries()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    client = Client(headers={"accept-encoding": "gzip"})
    client.force_login(get_user_model().objects.get(username="admin"))
    print(
        f"Queue on {connection.display_name}, {Booking.objects.count():,} requests: median of {RUNS}, goal {GOAL} ms"
    )
    for page in PAGES:
        measure(client, page)


def measure(client, page):
    times = [cost(client, QUEUE + page, time.perf_counter) for _ in range(RUNS + 1)][1:]
    asked = queries(client, QUEUE + page)
    print(f"  {statistics.median(times) * 1000:5.0f} ms  {asked} queries  {page}")


# What is in the queue ----------------------------------------------------------


def add_calls(clinician):
    """Calls of the years before today, and some to come."""
    now = timezone.now()
    first = -(CALLS - TO_COME)
    starts = [
        now + timedelta(days=number // A_DAY, minutes=30 * (number % A_DAY) + 5)
        for number in range(first, TO_COME)
    ]
    slots = [
        Slot(clinician=clinician, starts_at=at, ends_at=at + timedelta(minutes=30))
        for at in starts
    ]
    slots = Slot.objects.bulk_create(slots, AT_ONCE)
    Booking.objects.bulk_create(map(call, slots), AT_ONCE)


def call(slot):
    now = timezone.now()
    is_over = slot.ends_at <= now
    open_states = [State.CONFIRMED, State.CONFIRMED, State.REQUESTED]
    number = next(numbers)
    state = next(PAST) if is_over else open_states[number % 3]
    asked = min(slot.starts_at, now) - timedelta(days=2)
    return request(number, "discovery_call", state, asked, slot=slot)


def add_enquiries():
    now = timezone.now()
    made = range(REQUESTS - CALLS)
    Booking.objects.bulk_create(
        (
            request(
                next(numbers),
                "say_hi",
                State.REQUESTED if number < ENQUIRIES_OPEN else State.COMPLETED,
                now - timedelta(hours=number),
            )
            for number in made
        ),
        AT_ONCE,
    )


def request(number, kind, state, asked, **fields):
    return Booking(
        kind=kind,
        state=state,
        name=f"Visitor {number}",
        email=f"visitor-{number}@example.com",
        referrer=next(REFERRERS),
        consent_version=1,
        consented_at=asked,
        created_at=asked,
        idempotency_key=f"key-{number}",
        fingerprint="",
        **fields,
    )


if __name__ == "__main__":
    main()
