"""The mail of a worker that was killed while it sent: nobody's until its lease runs out, then sent again with its number.

The worker is killed before all other tests of a database, and they run while the lease does: see ``held_mail``.
"""

from tests.faults.databases import Postgres
from tests.faults.site import HELD
from tests.serving import wait_until

LONGEST_LEASE = 180  # seconds, on a machine that does other things as well


def test_a_mail_whose_worker_was_killed_comes_again_with_its_number_when_the_lease_ends(
    site, held_mail, report
):
    if isinstance(site.database, Postgres):
        end_lease(site)
    wait_until(lambda: len(site.post.to(HELD)) > 1)
    mails = site.post.to(HELD)
    seconds = mails[1].taken_at - held_mail

    assert len({mail.message_id for mail in mails}) == 1
    assert seconds < LONGEST_LEASE
    report(f"the held mail came again after {seconds:.0f} s")


def end_lease(site):
    """In real time on SQLite; once is enough, it is the same code."""
    site.database.execute(
        "UPDATE bookings_outboxmail SET leased_until = '2020-01-01 00:00:00' WHERE leased_until IS NOT NULL"
    )
