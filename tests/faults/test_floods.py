"""Two hundred forms from one network address, each under another name and for another time."""

from collections import Counter

from tests.faults.visitors import each_in_a_thread, form, send, visitor_address

POSTS = 200
AT_ONCE = 20
NETWORK = 20  # times that one network may ask for in a day: see the call settings


def test_a_flood_from_one_address_holds_few_times_and_its_real_visitor_is_called_back(
    site,
):
    *slots, wanted = site.database.free_slots(POSTS + 1)
    address = visitor_address(300_000)
    forms = [
        form(slot, f"flood-{number}@example.com") for number, slot in enumerate(slots)
    ]
    answers = []
    for first in range(0, POSTS, AT_ONCE):
        answers += each_in_a_thread(
            lambda words: send(site.port, words, address),
            forms[first : first + AT_ONCE],
        )

    assert Counter(answer.status for answer in answers) == {303: POSTS}
    held = "SELECT count(*) FROM bookings_booking WHERE email LIKE 'flood-%' AND slot_id IS NOT NULL"
    # The limit is of a network, and those who come at the very same moment may slip through.
    assert NETWORK <= site.database.value(held) < NETWORK + AT_ONCE

    words = form(wanted, "neighbour@example.com", message="My knee locks.")
    assert send(site.port, words, address).status == 303
    assert kinds(site, "neighbour@example.com") == ["call_back"]
    elsewhere = form(wanted, "somebody@example.com")
    assert send(site.port, elsewhere, visitor_address(300_001)).status == 303
    assert kinds(site, "somebody@example.com") == ["discovery_call"]


def kinds(site, email):
    return site.database.column(
        f"SELECT kind FROM bookings_booking WHERE email = '{email}'"
    )
