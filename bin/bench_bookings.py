"""How many bookings a second the real site takes through HTTP: SQLite, the Procfile's web server, 32 writers at once."""

import argparse
import os
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from queue import Empty, SimpleQueue

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from tests.faults.databases import SQLite
from tests.faults.post_office import PostOffice
from tests.faults.site import Site
from tests.faults.visitors import form, send, visitor_address

WRITERS = 32
WARM_UP = 40  # bookings before the clock runs
PROMISE = 50  # bookings a second


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bookings", type=int, default=1000)
    count = parser.parse_args().bookings
    with tempfile.TemporaryDirectory() as folder:
        site = make_site(Path(folder))
        site.post.open()
        site.start()
        try:
            slots = iter(site.database.free_slots(count + WARM_UP))
            book_all(site, [next(slots) for _ in range(WARM_UP)])
            before = os.getloadavg()
            answers, seconds = book_all(site, list(slots))
        finally:
            site.stop()
            site.post.close()
        report(answers, seconds, before, locked=site.log().count("database is locked"))


def make_site(folder):
    for name in ["site", "static"]:
        (folder / name).mkdir()
    return Site(SQLite(folder / "site", folder / "static"), PostOffice())


def book_all(site, slots):
    """Every slot booked by a visitor of its own, as fast as the writers can; the answers, and how long it took."""
    waiting = SimpleQueue()
    for slot in slots:
        email = f"visitor-{slot}@example.com"
        waiting.put((form(slot, email), visitor_address(slot)))
    answers = []

    def write():
        while True:
            try:
                words, address = waiting.get_nowait()
            except Empty:
                return
            answers.append(send(site.port, words, address))

    threads = [threading.Thread(target=write) for _ in range(WRITERS)]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers, time.monotonic() - began


def report(answers, seconds, load, *, locked):
    rate = len(answers) / seconds
    times = sorted(answer.seconds for answer in answers)
    statuses = dict(Counter(answer.status for answer in answers))
    print(
        f"{len(answers)} bookings by {WRITERS} writers in {seconds:.1f} s: {rate:.0f} a second (at least {PROMISE})"
    )
    print(f"answers: {statuses}; 'database is locked' in the log: {locked}")
    print(
        f"an answer takes {statistics.median(times) * 1000:.0f} ms; 95 of 100 at most {times[len(times) * 95 // 100] * 1000:.0f} ms"
    )
    print(f"load of the machine before: {load[0]:.1f} on {os.cpu_count()} processors")
    if set(statuses) != {303} or locked or rate < PROMISE:
        sys.exit("The promise is not kept here.")


if __name__ == "__main__":
    main()
