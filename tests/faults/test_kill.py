"""``kill -9`` while visitors send: what was acknowledged is there once, and its mail arrives."""

import threading
from collections import Counter
from queue import Empty, SimpleQueue

from tests.faults.visitors import form, send_until_answered, visitor_address
from tests.serving import wait_until

SUBMISSIONS = 300
VISITORS_AT_ONCE = 8
KILL_EVERY = 30  # submissions


class Crowd:
    """Visitors who send their forms, some at a time, until each has an answer."""

    def __init__(self, site, forms):
        self.site, self.answers, self.broken = site, {}, 0
        self.waiting = SimpleQueue()
        for number, words in enumerate(forms):
            self.waiting.put((number, words))
        self.threads = [
            threading.Thread(target=self._send) for _ in range(VISITORS_AT_ONCE)
        ]

    def start(self):
        for thread in self.threads:
            thread.start()

    def join(self):
        for thread in self.threads:
            thread.join()

    def has_sent(self, count):
        return len(self.answers) >= count

    def _send(self):
        while True:
            try:
                number, words = self.waiting.get_nowait()
            except Empty:
                return
            address = visitor_address(400_000 + number)
            answer, broken = send_until_answered(self.site.port, words, address)
            self.answers[words["email"]] = answer
            self.broken += broken


def kill_in_turn(site, crowd):
    """Kill web workers, the worker and the web server's master while the crowd sends; how often each."""
    victims = ["web_worker", "worker", "web_worker", "web_master", "worker"]
    killed = Counter()
    for number in range(1, SUBMISSIONS // KILL_EVERY):
        wait_until(lambda sent=number * KILL_EVERY: crowd.has_sent(sent))
        victim = victims[number % len(victims)]
        site.kill(getattr(site, victim))
        killed[victim] += 1
    return killed


def test_what_was_acknowledged_outlives_kill_9_once_and_its_mail_arrives(site, report):
    slots = site.database.free_slots(SUBMISSIONS)
    forms = [form(each, f"kill-{each}@example.com") for each in slots]
    crowd = Crowd(site, forms)
    crowd.start()
    killed = kill_in_turn(site, crowd)
    crowd.join()
    site.wait_until_ready()

    assert Counter(a.status for a in crowd.answers.values()) == {303: SUBMISSIONS}
    stored = site.database.rows(
        "SELECT email, slot_id FROM bookings_booking WHERE email LIKE 'kill-%' ORDER BY slot_id"
    )
    assert stored == [(f"kill-{each}@example.com", each) for each in sorted(slots)]
    events = "SELECT count(*) FROM bookings_bookingevent JOIN bookings_booking b ON b.id = booking_id WHERE b.email LIKE 'kill-%'"
    assert site.database.value(events) == SUBMISSIONS
    assert sum(killed.values()) == SUBMISSIONS // KILL_EVERY - 1

    wait_until(lambda: all(site.post.to(words["email"]) for words in forms))
    site.wait_for_all_mail()
    mails = [site.post.to(words["email"]) for words in forms]
    assert [
        words["email"] for words, sent in zip(forms, mails, strict=True) if not sent
    ] == []
    assert {len({mail.message_id for mail in sent}) for sent in mails} == {1}
    report(
        f"killed {dict(killed)}, {crowd.broken} lines broke, {len(crowd.answers)} acknowledged and stored; "
        f"{sum(map(len, mails))} mails, {sum(map(len, mails)) - len(mails)} of them repeats"
    )
