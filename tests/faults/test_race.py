"""Fifty visitors press the button for one time together, again and again: 40 times in `make test-nightly`, 10 otherwise.

The negative control stands in tests/bookings/services/test_race.py: without the constraint the same race double-books.
"""

import os
from collections import Counter

from tests.faults.visitors import each_in_a_thread, form, send, visitor_address

ROUNDS = 40 if os.environ.get("KNEECARE_NIGHTLY") else 10
SUBMITTERS = 50


def race_for(site, slot, number):
    """The answers to all who sent a form for ``slot``, and what each typed."""
    forms = [
        form(
            slot, f"race-{number}-{n}@example.com", message=f"Words of {n} in {number}."
        )
        for n in range(SUBMITTERS)
    ]

    def submit(n):
        address = visitor_address(number * SUBMITTERS + n)
        return send(site.port, forms[n], address)

    return list(zip(forms, each_in_a_thread(submit, range(SUBMITTERS)), strict=True))


def test_of_fifty_submitters_one_wins_each_round_and_the_others_keep_their_words(
    site, report
):
    slots = site.database.free_slots(ROUNDS)
    rounds = [race_for(site, slot, number) for number, slot in enumerate(slots)]

    statuses = [Counter(answer.status for _, answer in each) for each in rounds]
    assert statuses == [{303: 1, 409: SUBMITTERS - 1}] * ROUNDS
    lost = [
        (form, answer)
        for each in rounds
        for form, answer in each
        if not answer.location
    ]
    assert len(lost) == ROUNDS * (SUBMITTERS - 1)
    for form_sent, answer in lost:
        assert "Sorry, this time has just gone" in answer.text
        assert form_sent["message"] in answer.text
        assert form_sent["email"] in answer.text
        assert "Nearest to your choice" in answer.text
        assert f'value="{form_sent["slot"]}"' not in answer.text
    booked = site.database.rows(
        "SELECT slot_id, count(*) FROM bookings_booking WHERE email LIKE 'race-%' GROUP BY slot_id ORDER BY slot_id"
    )
    assert booked == [(slot, 1) for slot in sorted(slots)]
    slowest = max(answer.seconds for each in rounds for _, answer in each)
    failed = sum(answer.status >= 500 for each in rounds for _, answer in each)
    report(
        f"{ROUNDS} rounds of {SUBMITTERS}: {len(booked)} winners, {len(lost)} told kindly, {failed} failed; "
        f"the slowest answer took {slowest:.1f} s"
    )
